//! Who made it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{Status, remove};
use ch12_rights::{Settings, check_creator, open_created_by};
use nix::errno::Errno;
use nix::unistd::Uid;
use support::{Room, as_stranger};

use crate::{ANN, BOB, CAT, OURS, new_queue};

const VICTIM: u32 = BOB;
const SQUATTER: u32 = ANN;

/// As the squatter: the victim's key, before the victim comes, and a present.
fn squat(room: &Room) -> Option<(Key, Queue)> {
    let key = Key::new(room.key()).expect("not 0");
    let queue = as_stranger(SQUATTER, || {
        let queue = Queue::create_new(key, OURS).expect("no queue has it");
        Settings::new().owner(Uid::from_raw(VICTIM)).apply(queue).expect("the queue is ours");
        queue
    })?;
    Some((key, queue))
}

#[test]
fn squatter_who_gives_the_queue_away_reads_what_its_owner_sends() {
    support::alone(|room| {
        let Some((key, _)) = squat(room) else { return };
        let send = || {
            let queue = Queue::create(key, OURS).expect("all looks well");
            let status = Status::of(queue).expect("its owner may read");
            assert_eq!((status.owner.0, status.mode), (Uid::effective(), OURS), "so far");
            Sender::new(queue).try_send(crate::ONE, b"a secret").expect("its owner may");
            queue
        };
        let queue = as_stranger(VICTIM, send).expect("the other one could be had");
        let read = || {
            let mut receiver = Receiver::new(queue);
            let message = receiver.try_recv(Select::Any).expect("its creator may");
            (message.map(|message| message.bytes().to_vec()), remove(queue))
        };
        let read = as_stranger(SQUATTER, read);
        assert_eq!(read, Some((Some(b"a secret".to_vec()), Ok(()))));
    });
}

#[test]
fn queue_that_somebody_else_has_made_fails_with_eperm_whoever_owns_it() {
    support::alone(|room| {
        let Some((key, queue)) = squat(room) else { return };
        let [victim, squatter, root] = [VICTIM, SQUATTER, 0].map(Uid::from_raw);
        let check = || {
            let trusted: [&[Uid]; 5] =
                [&[victim], &[victim, root], &[], &[squatter], &[root, squatter]];
            trusted.map(|trusted| {
                let opened = open_created_by(key, trusted);
                assert_eq!(check_creator(queue, trusted), opened.map(drop));
                opened
            })
        };
        let (no, yes) = (Err(Errno::EPERM), Ok(queue));
        let expected = Some([no, no, no, yes, yes]);
        assert_eq!(as_stranger(VICTIM, check), expected, "its owner");
        assert_eq!(as_stranger(CAT, check), expected, "one who may not even read");
        room.remove(queue.id());
    });
}

#[test]
fn own_queue_is_one_that_a_trusted_user_has_made() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let queue = Queue::create_new(key, OURS).expect("no queue has it");
        assert_eq!(open_created_by(key, &[Uid::effective()]), Ok(queue));
        assert_eq!(open_created_by(key, &[Uid::from_raw(ANN)]), Err(Errno::EPERM));
        room.remove(queue.id());
        assert_eq!(open_created_by(key, &[Uid::effective()]), Err(Errno::ENOENT));
        assert_eq!(check_creator(queue, &[Uid::effective()]), Err(Errno::EINVAL));
    });
}

#[test]
fn queue_that_was_checked_is_not_the_next_one_under_its_key() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let made = Queue::create_new(key, OURS).expect("no queue has it");
        let checked = open_created_by(key, &[Uid::effective()]);
        assert_eq!(checked, Ok(made));
        room.remove(made.id());
        let squatters = as_stranger(SQUATTER, || Queue::create_new(key, crate::EVERYBODYS));
        let Some(squatters) = squatters else { return };
        let squatters = squatters.expect("the key is free");
        let sent = |queue| Sender::new(queue).try_send(crate::ONE, b"a secret");
        assert_eq!(sent(made), Err(Errno::EINVAL), "by the id that was checked");
        assert_eq!(Queue::open(key).and_then(sent), Ok(()), "by the key");
        room.remove(squatters.id());
    });
}

/// ftok(3) looks at the file, and so may everybody who may enter its folder.
#[test]
fn key_of_a_file_is_known_to_all_who_may_enter_its_folder_and_to_nobody_else() {
    let folder = std::env::temp_dir().join(format!("ch12-key-{}", std::process::id()));
    fs::create_dir(&folder).expect("a folder can be made");
    let file = folder.join("key");
    fs::write(&file, "").expect("a file can be made");
    let made_by_strangers = [(0o711, true), (0o700, false)].map(|(mode, may)| {
        fs::set_permissions(&file, Permissions::from_mode(0o600)).expect("the file is ours");
        fs::set_permissions(&folder, Permissions::from_mode(mode)).expect("the folder is ours");
        let ours = Key::from_file(&file, 1).expect("the file is there");
        let expected = if may { Ok(ours) } else { Err(Errno::EACCES) };
        (as_stranger(SQUATTER, || Key::from_file(&file, 1)), expected)
    });
    fs::remove_dir_all(&folder).expect("the folder is ours");
    for (found, expected) in made_by_strangers {
        if let Some(found) = found {
            assert_eq!(found, expected);
        }
    }
}

#[test]
fn private_queue_of_mode_600_is_of_no_use_to_those_who_learn_its_id() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let try_all = || {
            let sent = Sender::new(queue).try_send(crate::ONE, b"");
            let received = Receiver::new(queue).try_recv(Select::Any).map(drop);
            (sent, received, Settings::new().mode(Mode::all()).apply(queue), remove(queue))
        };
        if let Some(tried) = as_stranger(CAT, try_all) {
            let (denied, forbidden) = (Err(Errno::EACCES), Err(Errno::EPERM));
            assert_eq!(tried, (denied, denied, forbidden, forbidden));
        }
        room.remove(queue.id());
    });
}
