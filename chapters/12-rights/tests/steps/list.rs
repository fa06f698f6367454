//! The list of all queues.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ch02_create::{Mode, Queue};
use ch06_cleanup::{Status, remove};
use ch12_rights::list;
use support::as_stranger;

use crate::{ANN, EVERYBODYS, OURS, new_queue};

#[test]
fn list_has_every_queue_with_its_status() {
    support::in_namespace(|room| {
        assert_eq!(list(), Ok(vec![]));
        let queues = [OURS, EVERYBODYS, Mode::empty()].map(|mode| new_queue(room, mode));
        let with_status = |queue: Queue| (queue, Status::whatever_the_mode(queue).expect("there"));
        assert_eq!(list(), Ok(queues.map(with_status).to_vec()));
        // One in the middle goes: its place is empty.
        room.remove(queues[1].id());
        assert_eq!(list(), Ok([queues[0], queues[2]].map(with_status).to_vec()));
        room.remove(queues[0].id());
        room.remove(queues[2].id());
        assert_eq!(list(), Ok(vec![]));
    });
}

#[test]
fn queue_that_one_may_not_read_is_listed_all_the_same() {
    support::alone(|room| {
        let queues = [OURS, Mode::empty()].map(|mode| new_queue(room, mode));
        if let Some(listed) = as_stranger(ANN, list) {
            let listed = listed.expect("everybody may ask");
            for queue in queues {
                let status = Status::whatever_the_mode(queue).expect("it is there");
                assert!(listed.contains(&(queue, status)));
            }
        }
        queues.iter().for_each(|queue| room.remove(queue.id()));
    });
}

#[test]
fn queues_that_stay_are_each_listed_once_while_others_come_and_go() {
    support::alone(|room| {
        let queues = [(); 20].map(|()| new_queue(room, OURS));
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let passing = [(); 8].map(|()| new_queue(room, OURS));
                    for queue in passing {
                        remove(queue).expect("the queue is ours");
                    }
                }
            });
            for _ in 0..200 {
                let listed = list().expect("what has gone is left out");
                for queue in queues {
                    let times = listed.iter().filter(|(found, _)| *found == queue).count();
                    assert_eq!(times, 1);
                }
            }
            done.store(true, Ordering::Relaxed);
        });
        queues.iter().for_each(|queue| room.remove(queue.id()));
    });
}
