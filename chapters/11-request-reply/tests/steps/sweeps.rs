//! What killed callers leave is removed, and nothing else.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ch01_key_setup::Key;
use ch02_create::Queue;
use ch11_request_reply::{Caller, Swept, sweep, sweep_after};
use support::Room;

use crate::signs::dead_caller;
use crate::{LONG, OURS, Server, in_threads, new_caller, new_queue, raw, sets};

/// What a sweep has removed: queues, and signs.
fn removed(swept: nix::Result<Swept>) -> (usize, usize) {
    let swept = swept.expect("there is a list");
    (swept.queues, swept.signs)
}

#[test]
fn dead_callers_queue_and_sign_are_removed() {
    support::in_namespace(|room| {
        let dead = [(); 3].map(|()| dead_caller());
        let living = new_caller(room, dead[0]);
        let swept = sweep().expect("there is a list");
        assert_eq!((swept.queues, swept.signs, swept.living, swept.foreign), (3, 3, 1, 0));
        assert_eq!((room.queues().len(), sets(room).len()), (1, 1));
        assert_eq!(removed(sweep()), (0, 0));
        drop(living);
    });
}

/// Queues and sets of others, each of which is like something of a caller's.
pub(crate) struct Others {
    queues: Vec<Queue>,
    sets: Vec<i32>,
}

impl Others {
    pub(crate) fn new(room: &Room) -> Others {
        let (key, other) = (room.key(), room.key());
        let named = Queue::create_new(Key::new(key).expect("not 0"), OURS);
        let sets = vec![
            raw::set(key, 1, 0o600, &[]),          // with a queue's key, never used
            raw::set(other, 3, 0o600, &[0, 0, 0]), // with as many semaphores
            raw::set(libc::IPC_PRIVATE, 3, 0o711, &[0, 0, 0]), // without a key
            raw::set(room.key(), 4, 0o711, &[0, 0x7265, 0x6c79, 0]), // one semaphore more
            raw::set(room.key(), 3, 0o600, &[0, 0x7265, 0x6c79]), // another mode
            raw::set(room.key(), 3, 0o711, &[0, 0x7265, 0x6c7a]), // another mark
            raw::set(room.key(), 3, 0o711, &[0, 0x6c79, 0x7265]), // and another
            raw::set(room.key(), 3, 0o711, &[7, 0, 0]), // no mark
            raw::set(room.key(), 3, 0o711, &[0, 0, 0]), // no mark any more
        ];
        Others { queues: vec![new_queue(room), named.expect("the key is unused")], sets }
    }

    pub(crate) fn assert_untouched_and_remove(self, room: &Room) {
        let left = |room: &Room| {
            let queues: Vec<_> = room.queues().iter().map(|queue| queue.msqid).collect();
            let sets: Vec<_> = sets(room).iter().map(|(_, id)| *id).collect();
            (queues, sets)
        };
        let (queues, sets) = left(room);
        assert!(self.queues.iter().all(|queue| queues.contains(&queue.id())), "{queues:?}");
        assert!(self.sets.iter().all(|set| sets.contains(set)), "{sets:?}");
        assert_eq!((queues.len(), sets.len()), (self.queues.len(), self.sets.len()));
        self.queues.iter().for_each(|queue| room.remove(queue.id()));
        self.sets.iter().for_each(|set| raw::remove_set(*set));
    }
}

#[test]
fn queues_and_semaphores_of_others_stay() {
    support::in_namespace(|room| {
        let others = Others::new(room);
        dead_caller();
        assert_eq!(removed(sweep_after(Duration::ZERO)), (1, 1));
        others.assert_untouched_and_remove(room);
    });
}

#[test]
fn sign_without_a_queue_is_removed() {
    support::in_namespace(|room| {
        room.remove(dead_caller().id());
        assert_eq!(removed(sweep()), (0, 1));
        assert_eq!(sets(room), []);
    });
}

#[test]
fn sign_that_was_never_raised_is_removed_when_it_is_old_enough() {
    support::in_namespace(|room| {
        raw::set(room.key(), 3, 0o711, &[]);
        assert_eq!(removed(sweep()), (0, 0), "its caller may be about to raise it");
        assert_eq!(removed(sweep_after(Duration::ZERO)), (0, 1));
        // As a sweep that was killed before it could remove it has left it.
        raw::set(room.key(), 3, 0o711, &[0, 1, 0]);
        assert_eq!(removed(sweep()), (0, 1));
        assert_eq!(sets(room), []);
    });
}

#[test]
fn sweeps_at_the_same_time_remove_everything_once() {
    support::in_namespace(|room| {
        let living = [(); 5].map(|()| new_caller(room, Queue::from_id(0)));
        let _dead = [(); 100].map(|()| dead_caller());
        let swept = in_threads(4, |_| removed(sweep()));
        let sum = |part: fn(&(usize, usize)) -> usize| swept.iter().map(part).sum::<usize>();
        assert_eq!((sum(|swept| swept.0), sum(|swept| swept.1)), (100, 100), "{swept:?}");
        assert_eq!((room.queues().len(), sets(room).len()), (5, 5));
        drop(living);
    });
}

#[test]
fn callers_start_and_die_while_sweeps_run() {
    support::in_namespace(|room| {
        let others = Others::new(room);
        let server = Server::start(room);
        let done = AtomicBool::new(false);
        in_threads(6, |thread| match thread {
            // Sweeps that take every caller that has not raised its sign yet for a dead one.
            0 | 1 => {
                while !done.load(Ordering::Relaxed) {
                    sweep_after(Duration::ZERO).expect("there is a list");
                }
            }
            2 => {
                let _dead = [(); 200].map(|()| dead_caller());
                done.store(true, Ordering::Relaxed);
            }
            _ => {
                while !done.load(Ordering::Relaxed) {
                    let mut caller = Caller::new(server.queue).expect("a caller can be made");
                    for _ in 0..10 {
                        assert_eq!(caller.call(b"hello", LONG), Ok(&b"HELLO"[..]));
                    }
                }
            }
        });
        server.stop();
        sweep_after(Duration::ZERO).expect("there is a list");
        others.assert_untouched_and_remove(room);
    });
}
