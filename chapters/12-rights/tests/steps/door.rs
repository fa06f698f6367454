//! A door that somebody has shut stays shut.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ch02_create::{Mode, Queue};
use ch06_cleanup::{Status, set_capacity};
use ch12_rights::Settings;
use nix::errno::Errno;
use support::until;

use crate::{EVERYBODYS, OURS, new_queue};

fn capacity(queue: Queue) -> nix::Result<usize> {
    Status::of(queue).map(|status| status.capacity)
}

#[test]
fn shut_door_is_opened_only_if_that_is_asked_for() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        set_capacity(queue, 0).expect("the queue is ours");
        assert_eq!(Settings::new().mode(EVERYBODYS).apply(queue), Ok(()));
        assert_eq!(capacity(queue), Ok(0));
        let refused = Settings::new().mode(OURS).capacity(100).apply(queue);
        assert_eq!(refused, Err(Errno::EBUSY));
        let status = Status::of(queue).expect("the queue is ours");
        assert_eq!((status.capacity, status.mode), (0, EVERYBODYS), "nothing else is done either");
        assert_eq!(Settings::new().capacity(0).apply(queue), Ok(()));
        assert_eq!(Settings::new().opening(100).apply(queue), Ok(()));
        assert_eq!(capacity(queue), Ok(100));
        room.remove(queue.id());
    });
}

#[test]
fn capacity_after_opening_takes_the_place_of_the_first() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        assert_eq!(Settings::new().capacity(7).opening(9).apply(queue), Ok(()));
        assert_eq!(capacity(queue), Ok(9));
        room.remove(queue.id());
    });
}

/// While others change mode and capacity as fast as they can, the door is shut again and again.
#[test]
fn door_that_is_shut_during_a_change_stays_shut() {
    const ROUNDS: usize = 300;
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let done = AtomicBool::new(false);
        let change_until_done = |settings: [Settings; 2]| {
            let mut changes = 0;
            while !done.load(Ordering::Relaxed) {
                for settings in settings {
                    let done = settings.apply(queue);
                    assert!(matches!(done, Ok(()) | Err(Errno::EBUSY)), "{done:?}");
                    changes += 1;
                }
            }
            changes
        };
        let modes = [OURS, Mode::S_IRUSR].map(|mode| Settings::new().mode(mode));
        let capacities = [100, 200].map(|bytes| Settings::new().capacity(bytes));
        thread::scope(|scope| {
            let changers = [modes, capacities].map(|settings| {
                let change_until_done = &change_until_done;
                scope.spawn(move || change_until_done(settings))
            });
            let mut opened = 0;
            for _ in 0..ROUNDS {
                set_capacity(queue, 0).expect("the queue is ours");
                let before = Status::of(queue).expect("the queue is ours").mode;
                // Somebody who had read before has written by now.
                until("another change", || Status::of(queue).is_ok_and(|now| now.mode != before));
                opened += usize::from(capacity(queue) != Ok(0));
                Settings::new().opening(300).apply(queue).expect("the queue is ours");
            }
            done.store(true, Ordering::Relaxed);
            let changes = changers.map(|changer| changer.join().expect("no panic"));
            assert!(changes.iter().all(|&changes| changes > ROUNDS / 10), "{changes:?}");
            assert_eq!(opened, 0, "of {ROUNDS} times");
        });
        room.remove(queue.id());
    });
}
