//! Somebody else's queue, and one that may not be looked at.

use super::*;
use ch02_create::Mode;
use practice::as_ordinary_user;
use std::sync::atomic::{AtomicUsize, Ordering};
use support::{as_stranger, caught};

/// A queue that is there already, whatever may be done with it, and never vanishes.
struct There {
    queue: Queue,
    found: AtomicUsize,
}

impl Place for There {
    fn create(&self) -> nix::Result<Queue> {
        Err(Errno::EEXIST)
    }

    fn find(&self) -> nix::Result<Queue> {
        self.found.fetch_add(1, Ordering::SeqCst);
        Ok(self.queue)
    }
}

fn there(room: &Room, mode: u32, capacity: usize) -> There {
    let queue = Queue::private(Mode::from_bits_truncate(mode)).expect("a queue");
    room.watch(queue.id());
    practice::set_capacity(queue, capacity);
    There { queue, found: AtomicUsize::new(0) }
}

#[test]
fn door_that_cannot_be_opened_is_an_error() {
    alone(|room| {
        if !takes_over(room) {
            return;
        }
        let place = there(room, 0o666, 0);
        // Where nobody can become somebody else, support says so.
        let started = as_stranger(20_113, || caught(|| start(&place)));
        practice::clear(room);
        if let Some(started) = started {
            is_returned_at_once(
                &place,
                started,
                Errno::EPERM,
                "the queue is root's, you may read and write it, and \
                 its door is shut: only its owner may open it (EPERM)",
            );
        }
        // As its owner one may open it up to msgmnb, and above that only with a right of root's.
        if room.is_namespace() {
            room.set_limit("msgmnb", CAPACITY as u64 - 1);
            let place = there(room, 0o600, 0);
            let started = as_ordinary_user(|| caught(|| start(&place)));
            practice::clear(room);
            is_returned_at_once(
                &place,
                started,
                Errno::EPERM,
                "the system allows a capacity of 16,383 bytes at most \
                 here, so the door cannot be opened for 16,384 (EPERM)",
            );
        }
    });
}

#[test]
fn queue_that_may_not_be_looked_at_is_an_error() {
    alone(|room| {
        if !takes_over(room) {
            return;
        }
        let place = there(room, 0o200, CAPACITY);
        let started = as_ordinary_user(|| caught(|| start(&place)));
        practice::clear(room);
        is_returned_at_once(
            &place,
            started,
            Errno::EACCES,
            "the queue may be written and not read, so the kernel does \
             not say what waits in it (EACCES)",
        );
    });
}

#[track_caller]
fn is_returned_at_once(
    place: &There,
    started: Result<nix::Result<Mailbox>, String>,
    errno: Errno,
    case: &str,
) {
    let found = place.found.load(Ordering::SeqCst);
    match started {
        Err(said) => panic!("{case}, and your start panics: {said}"),
        Ok(Ok(mailbox)) => panic!(
            "{case}, and you say that all is well: {mailbox:?}. A Result is there to be looked at"
        ),
        Ok(other) => assert!(
            other == Err(errno) && found == 1,
            "{case}, and you say {other:?}, having looked for the queue {found} times: it is returned at once"
        ),
    }
}
