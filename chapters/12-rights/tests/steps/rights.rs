//! The table of the chapter: who may read, write and change, by mode.

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{Status, may_change};
use ch12_rights::Settings;
use nix::errno::Errno;
use nix::unistd::{Gid, Uid};
use support::{Capability, Room, as_member, as_stranger, without};

use crate::{ANN, BOB, CAT, CREW};

/// Which digit of the mode holds for somebody.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Digit {
    First,
    Second,
    Third,
    /// None: everything is allowed.
    All,
}

/// Whether the caller may read, write, change.
type Rights = (bool, bool, bool);

/// Every mode without the bits for executing, which allow nothing.
fn modes() -> impl Iterator<Item = Mode> {
    (0..0o1000).filter(|bits| bits & 0o111 == 0).filter_map(Mode::from_bits)
}

/// What the calling thread may do with a queue that is shut and empty, which it does not change.
fn rights(key: Key, queue: Queue) -> Rights {
    let allowed = |answer: Result<(), Errno>, otherwise: Result<(), Errno>| match answer {
        Err(Errno::EACCES) => false,
        answer => {
            assert_eq!(answer, otherwise);
            true
        }
    };
    let asked = |bit| allowed(Queue::open_for(key, bit).map(drop), Ok(()));
    let read = allowed(Status::of(queue).map(drop), Ok(()));
    assert_eq!(allowed(Receiver::new(queue).try_recv(Select::Any).map(drop), Ok(())), read);
    assert_eq!(asked(Mode::S_IRUSR), read);
    let write = allowed(Sender::new(queue).try_send(crate::ONE, b""), Err(Errno::EAGAIN));
    assert_eq!(asked(Mode::S_IWUSR), write);
    (read, write, may_change(queue).expect("it is there"))
}

/// What the table says.
fn expected(mode: Mode, digit: Digit, change: bool) -> Rights {
    let bits = match digit {
        Digit::First => mode.bits() >> 6,
        Digit::Second => mode.bits() >> 3,
        Digit::Third => mode.bits(),
        Digit::All => 0o7,
    };
    (bits & 0o4 != 0, bits & 0o2 != 0, change)
}

/// A queue with a key, shut, as the calling thread makes it.
fn shut_queue(room: &Room) -> (Key, Queue) {
    let key = Key::new(room.key()).expect("not 0");
    let queue = Queue::create_new(key, Mode::empty()).expect("no queue has it");
    Settings::new().capacity(0).apply(queue).expect("the queue is ours");
    (key, queue)
}

#[test]
fn digit_that_holds_for_each_person_decides_alone_and_the_mode_never_about_changes() {
    support::alone(|room| {
        // ANN has made it and given it to BOB and the crew.
        let make = || {
            let (key, queue) = shut_queue(room);
            let theirs = Settings::new().owner(Uid::from_raw(BOB)).group(Gid::from_raw(CREW));
            theirs.apply(queue).expect("the queue is ours");
            (key, queue)
        };
        let Some((key, queue)) = as_stranger(ANN, make) else { return };
        let people: [(&str, u32, &[u32], Digit, bool); 8] = [
            ("owner", BOB, &[BOB], Digit::First, true),
            ("creator", ANN, &[ANN], Digit::First, true),
            ("owner who is a member too", BOB, &[CREW], Digit::First, true),
            ("member by the own group", CAT, &[CREW], Digit::Second, false),
            ("member by a supplementary group", CAT, &[CAT, CREW], Digit::Second, false),
            ("member of the creator's group", CAT, &[ANN], Digit::Second, false),
            ("the same, supplementary", CAT, &[CAT, ANN], Digit::Second, false),
            ("everybody else", CAT, &[CAT, BOB], Digit::Third, false),
        ];
        for mode in modes() {
            Settings::new().mode(mode).apply(queue).expect("root may");
            for (who, user, groups, digit, change) in people {
                let found = as_member(user, groups, || rights(key, queue));
                assert_eq!(found, Some(expected(mode, digit, change)), "{who}, {mode:?}");
            }
        }
        room.remove(queue.id());
    });
}

#[test]
fn root_is_stopped_by_no_mode_but_for_the_lack_of_a_capability() {
    support::alone(|room| {
        let Some((key, queue)) = as_stranger(ANN, || shut_queue(room)) else { return };
        let (ipc_owner, sys_admin) = (Capability::IpcOwner, Capability::SysAdmin);
        let roots: [(&[Capability], Digit, bool); 4] = [
            (&[], Digit::All, true),
            (&[ipc_owner], Digit::Third, true),
            (&[sys_admin], Digit::All, false),
            (&[ipc_owner, sys_admin], Digit::Third, false),
        ];
        for mode in modes() {
            Settings::new().mode(mode).apply(queue).expect("root may");
            for (missing, digit, change) in roots {
                let found = without(missing, || rights(key, queue));
                assert_eq!(found, expected(mode, digit, change), "{missing:?}, {mode:?}");
            }
        }
        room.remove(queue.id());
    });
}

/// For this one it needs no other user: root without privileges is a user like any other.
#[test]
fn owner_gets_the_first_digit_even_where_everybody_else_may_more() {
    support::alone(|room| {
        let (key, queue) = shut_queue(room);
        for mode in modes() {
            Settings::new().mode(mode).apply(queue).expect("the queue is ours");
            let unprivileged = [Capability::IpcOwner, Capability::SysAdmin];
            let found = without(&unprivileged, || rights(key, queue));
            assert_eq!(found, expected(mode, Digit::First, true), "{mode:?}");
        }
        room.remove(queue.id());
    });
}

#[test]
fn creator_keeps_every_right_and_the_owner_before_keeps_none() {
    support::alone(|room| {
        let Some((key, queue)) = as_stranger(ANN, || shut_queue(room)) else { return };
        let give = |user: u32| Settings::new().owner(Uid::from_raw(user)).mode(crate::OURS);
        let given = as_stranger(ANN, || give(BOB).apply(queue));
        assert_eq!(given, Some(Ok(())));
        let passed_on = as_stranger(BOB, || (rights(key, queue), give(CAT).apply(queue)));
        assert_eq!(passed_on, Some(((true, true, true), Ok(()))));
        let people = [(ANN, true), (BOB, false), (CAT, true)];
        for (user, may) in people {
            assert_eq!(as_stranger(user, || rights(key, queue)), Some((may, may, may)), "{user}");
        }
        let taken_back = as_stranger(ANN, || give(ANN).apply(queue));
        assert_eq!(taken_back, Some(Ok(())));
        assert_eq!(as_stranger(CAT, || rights(key, queue)), Some((false, false, false)));
        room.remove(queue.id());
    });
}

#[test]
fn capacity_above_msgmnb_takes_cap_sys_resource() {
    support::in_namespace(|room| {
        let queue = crate::new_queue(room, crate::OURS);
        room.set_limit("msgmnb", 100);
        let raise = |bytes| {
            without(&[Capability::SysResource], || Settings::new().capacity(bytes).apply(queue))
        };
        assert_eq!(raise(101), Err(Errno::EPERM));
        assert_eq!(raise(100), Ok(()));
        let raised = Settings::new().capacity(101).apply(queue);
        // In a user namespace nobody has the privilege that counts.
        let read = |file| std::fs::read_to_string(file).expect("/proc has it");
        let first = read("/proc/self/uid_map").split_whitespace().eq(["0", "0", "4294967295"]);
        let mine = read("/proc/self/status");
        let mine = mine.lines().find_map(|line| line.strip_prefix("CapEff:")).expect("it has them");
        let mine = u64::from_str_radix(mine.trim(), 16).expect("a number");
        let may = first && mine >> Capability::SysResource as u32 & 1 == 1;
        assert_eq!(raised, if may { Ok(()) } else { Err(Errno::EPERM) });
        room.remove(queue.id());
    });
}
