//! What a room promises: nobody else's queues, none left behind, limits of its own.
//!
//! Rooms inside a room: what goes wrong in the inner one is what the outer one expects.

use crate::raw;
use nix::errno::Errno;
use std::sync::Barrier;
use std::thread;
use support::{Entry, Room, caught};

/// What an inner room's failure says.
fn failure_of(body: impl FnOnce(&Room)) -> String {
    caught(|| support::alone(body)).expect_err("the inner room must fail")
}

#[test]
fn two_rooms_with_the_same_key_do_not_see_each_other() {
    support::in_namespace(|_| {
        let both_made_theirs = Barrier::new(2);
        let one_room = || {
            support::alone(|room| {
                let id = raw::create(1234).expect("nobody else's queue is in the way");
                both_made_theirs.wait();
                assert_eq!(room.queues().len(), 1);
                both_made_theirs.wait();
                room.remove(id);
            });
        };
        thread::scope(|scope| {
            scope.spawn(one_room);
            scope.spawn(one_room);
        });
    });
}

#[test]
fn every_room_hands_out_other_keys() {
    support::alone(|room| {
        let (first, second) = (room.key(), room.key());
        assert_ne!(first, second);
        let id = raw::create(first).expect("the key is unused");
        assert_eq!(raw::create(first), Err(Errno::EEXIST));
        assert_eq!(room.queues().iter().map(|queue| queue.key).collect::<Vec<_>>(), [first]);
        room.remove(id);
    });
}

#[test]
fn key_of_an_existing_queue_is_not_handed_out() {
    support::in_namespace(|room| {
        let next = room.key() + 1; // keys are counted
        let id = raw::create(next).expect("the key is unused");
        assert_ne!(room.key(), next);
        room.remove(id);
    });
}

#[test]
fn queue_left_behind_fails_the_test_and_is_removed() {
    support::alone(|_| {
        let mut key = 0;
        let mut id = 0;
        let said = failure_of(|room| {
            key = room.key();
            id = raw::create(key).expect("the key is unused");
        });
        assert!(said.contains("left behind"), "{said}");
        assert!(said.contains(&format!("id {id}, key 0x{key:08x}")), "{said}");
        assert!(Entry::all().iter().all(|queue| queue.key != key), "it is still there");
    });
}

#[test]
fn private_queue_is_watched_once_the_room_knows_it() {
    support::alone(|_| {
        let said = failure_of(|room| {
            let id = raw::create(libc::IPC_PRIVATE).expect("a private queue can always be made");
            room.watch(id);
        });
        assert!(said.contains("key 0x00000000"), "{said}");
    });
}

#[test]
fn panic_is_not_hidden_by_the_queue_it_left() {
    support::alone(|_| {
        let mut key = 0;
        let said = failure_of(|room| {
            key = room.key();
            raw::create(key).expect("the key is unused");
            panic!("the reason proper");
        });
        assert_eq!(said, "the reason proper");
        assert!(Entry::all().iter().all(|queue| queue.key != key), "it is still there");
    });
}

#[test]
fn limit_is_lowered_in_the_room_only() {
    support::in_namespace(|outer| {
        let before = outer.limit("msgmni");
        support::in_namespace(|room| {
            room.set_limit("msgmni", 1);
            let id = raw::create(room.key()).expect("one queue is allowed");
            assert_eq!(raw::create(room.key()), Err(Errno::ENOSPC));
            room.remove(id);
        });
        assert_eq!(outer.limit("msgmni"), before);
    });
}

#[test]
fn first_queue_in_a_namespace_has_id_0() {
    support::in_namespace(|room| {
        assert_eq!(room.queues(), []);
        assert_eq!(raw::create(room.key()), Ok(0));
        room.remove(0);
    });
}
