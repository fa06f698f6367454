//! The journal, and who takes: without a broker.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch01_key_setup::Key;
use ch02_create::Queue;
use ch03_structure::MessageType;
use ch06_cleanup::Status;
use ch15_beyond::{Journal, JournalError, Origin, OwnedMessage, Source, Takers, Window};
use nix::unistd::Pid;

use crate::new_queue;
use crate::outward::send;

fn key() -> Key {
    Key::new(1234).expect("not 0")
}

pub(crate) fn message(number: i64, bytes: &[u8]) -> OwnedMessage {
    let message_type = MessageType::new(number).expect("1 or more");
    OwnedMessage { message_type, bytes: bytes.to_vec() }
}

pub(crate) fn pid(number: i32) -> Pid {
    Pid::from_raw(number)
}

/// So many messages that are all the same, in this queue.
pub(crate) fn equal(queue: Queue, count: usize) -> Window {
    let origin = origin(queue);
    let source = Source { origin, before: None, takers: [pid(10), pid(20)] };
    let messages = vec![message(1, b"equal"); count];
    Window { epoch: 7, first: 100, source: Some(source), messages }
}

pub(crate) fn status(queue: Queue) -> Status {
    Status::of(queue).expect("it is ours")
}

pub(crate) fn origin(queue: Queue) -> Origin {
    Origin::of(queue, &status(queue)).expect("/proc is mounted")
}

fn files(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("it is there");
    let mut names: Vec<_> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn window_comes_back_from_the_journal_as_it_was() {
    support::alone(|room| {
        let (_, queue) = new_queue(room);
        let folder = tempfile::tempdir().expect("a directory can be made");
        let place = folder.path().join("made/for/it");
        let mut window = equal(queue, 2);
        window.messages.extend([message(i64::MAX, b""), message(2, &[0xff; 8192])]);
        for source in [window.source.clone(), None] {
            window.source = source;
            let mut journal = Journal::open(&place, key()).expect("the folder is ours");
            journal.write(&window).expect("there is space");
            journal.note(3).expect("there is space");
            drop(journal);
            let journal = Journal::open(&place, key()).expect("it is free again");
            assert_eq!(journal.read().expect("it is whole"), Some((window.clone(), 3)));
        }
        assert_eq!(files(&place), ["0x000004d2.journal", "0x000004d2.lock"]);
        // What was in the queue is for the queue's users alone.
        for path in [place.clone(), place.join("0x000004d2.journal")] {
            assert_eq!(fs::metadata(path).unwrap().mode() & 0o077, 0);
        }
        room.remove(queue.id());
    });
}

#[test]
fn journal_that_is_not_whole_is_reported() {
    support::alone(|room| {
        let (_, queue) = new_queue(room);
        let folder = tempfile::tempdir().expect("a directory can be made");
        let mut journal = Journal::open(folder.path(), key()).expect("the folder is ours");
        assert!(journal.read().expect("there is none").is_none());
        journal.write(&equal(queue, 2)).expect("there is space");
        let path = folder.path().join("0x000004d2.journal");
        let whole = fs::read(&path).expect("it is ours");
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).expect("it is ours");
            assert!(matches!(journal.read(), Err(JournalError::Damaged(_))), "{length}");
        }
        fs::write(&path, [&whole[..], b"x"].concat()).expect("it is ours");
        assert!(matches!(journal.read(), Err(JournalError::Damaged(_))));
        fs::write(&path, whole).expect("it is ours");
        assert!(journal.read().is_ok());
        room.remove(queue.id());
    });
}

#[test]
fn journal_is_one_bridges_until_its_helper_has_ended() {
    support::alone(|room| {
        let (_, queue) = new_queue(room);
        let folder = tempfile::tempdir().expect("a directory can be made");
        let journal = Journal::open(folder.path(), key()).expect("the folder is ours");
        assert!(matches!(Journal::open(folder.path(), key()), Err(JournalError::Busy)));
        let takers = takers(queue, &journal);
        drop(journal);
        assert!(matches!(Journal::open(folder.path(), key()), Err(JournalError::Busy)));
        drop(takers);
        Journal::open(folder.path(), key()).expect("the helper has ended");
        room.remove(queue.id());
    });
}

fn takers(queue: Queue, journal: &Journal) -> Takers {
    let mut helper = Command::new(cargo_bin!("bridge"));
    helper.args(["out-helper", &queue.id().to_string()]);
    Takers::start(queue, helper, journal.lock().expect("it is open")).expect("it can be started")
}

#[test]
fn kernel_knows_after_each_message_which_of_the_two_took_it() {
    support::alone(|room| {
        let (_, queue) = new_queue(room);
        let folder = tempfile::tempdir().expect("a directory can be made");
        let journal = Journal::open(folder.path(), key()).expect("the folder is ours");
        let mut takers = takers(queue, &journal);
        for _ in 0..10 {
            send(queue, 1, b"equal");
        }
        let before = status(queue).last_receiver;
        let order = takers.order(before);
        assert_ne!(order[0], order[1]);
        let source = Source { origin: origin(queue), before, takers: order };
        for index in 0..10 {
            assert_eq!(source.taken(index, status(queue).last_receiver), Some(index), "not yet");
            let taken = takers.take(source.taker(index)).expect("it is ours");
            assert_eq!(taken, Some(message(1, b"equal")));
            assert_eq!(source.taken(index, status(queue).last_receiver), Some(index + 1), "taken");
        }
        assert_ne!(takers.order(status(queue).last_receiver)[0], source.taker(9));
        assert_eq!(takers.take(order[1]).expect("it is ours"), None);
        drop(takers);
        room.remove(queue.id());
    });
}

#[test]
fn journal_in_a_folder_of_others_is_refused() {
    let folder = tempfile::tempdir().expect("a directory can be made");
    let shut = folder.path().join("shut");
    fs::create_dir(&shut).expect("the folder is ours");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let opened = support::as_stranger(60_001, || Journal::open(&shut, key()).err());
    if let Some(refused) = opened {
        assert!(matches!(refused, Some(JournalError::Io(..))), "{refused:?}");
    }
}
