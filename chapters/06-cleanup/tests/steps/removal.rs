//! Removal is immediate.

use std::hint;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use ch02_create::Queue;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{Status, remove, set_capacity};
use nix::errno::Errno;
use support::{Room, while_asleep};

use crate::{ONE, OURS, new_queue, queue_with, raw, recv};

#[test]
fn removal_takes_what_is_queued_with_it() {
    support::alone(|room| {
        let queue = queue_with(room, &["lost", "lost too"]);
        assert_eq!(remove(queue), Ok(()));
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn sleepers_fail_with_eidrm() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        set_capacity(queue, 0).expect("the queue is ours");
        let (mut second, mut sender) = (None, None);
        let first = while_asleep(
            || recv(queue),
            |_| {
                second = Some(while_asleep(
                    || recv(queue),
                    |_| {
                        let send = || Sender::new(queue).send(ONE, b"hello");
                        sender = Some(while_asleep(send, |_| {
                            remove(queue).expect("the queue is ours");
                        }));
                    },
                ));
            },
        );
        let removed = Err(Errno::EIDRM);
        assert_eq!((first, second, sender), (removed, Some(removed), Some(removed)));
    });
}

#[test]
fn later_calls_fail_with_einval() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        remove(queue).expect("the queue is ours");
        assert_eq!(remove(queue), Err(Errno::EINVAL));
        assert_eq!(Status::of(queue), Err(Errno::EINVAL));
        assert_eq!(Sender::new(queue).send(ONE, b"hello"), Err(Errno::EINVAL));
        let received = Receiver::new(queue).recv(Select::Any).map(drop);
        assert_eq!(received, Err(Errno::EINVAL));
    });
}

#[test]
fn users_of_a_queue_are_not_counted() {
    support::alone(|room| {
        let queue = queue_with(room, &["one", "two"]);
        let mut receiver = Receiver::new(queue);
        receiver.recv(Select::Any).expect("there is a message");
        assert_eq!(remove(queue), Ok(()), "with a receiver that has more to receive");
        assert_eq!(receiver.recv(Select::Any).map(drop), Err(Errno::EINVAL));
    });
}

/// Whether `call`, which another thread repeats, says EIDRM when the queue is removed.
fn is_removed_during(call: &(impl Fn(Queue) -> nix::Result<()> + Sync), room: &Room) -> bool {
    let queue = new_queue(room, OURS);
    let at_work = AtomicBool::new(false);
    thread::scope(|scope| {
        let caller = scope.spawn(|| {
            loop {
                match call(queue) {
                    Ok(()) | Err(Errno::ENOMSG) => at_work.store(true, Ordering::Relaxed),
                    Err(errno) => return errno == Errno::EIDRM,
                }
            }
        });
        while !at_work.load(Ordering::Relaxed) {
            hint::spin_loop();
        }
        remove(queue).expect("the queue is ours");
        caller.join().expect("no panic")
    })
}

/// Removes queues until one removal happens during a `call`.
fn hit(room: &Room, call: impl Fn(Queue) -> nix::Result<()> + Sync) {
    if thread::available_parallelism().is_ok_and(|processors| processors.get() == 1) {
        eprintln!("skipped: on one processor two calls are never made at the same moment");
        return;
    }
    while !is_removed_during(&call, room) {}
}

#[test]
fn removal_can_hit_a_call_that_does_not_wait() {
    support::alone(|room| {
        hit(room, |queue| Receiver::new(queue).try_recv(Select::Any).map(drop));
    });
}

#[test]
fn removal_can_hit_a_look_at_the_queue() {
    support::alone(|room| {
        hit(room, |queue| Status::of(queue).map(drop));
    });
}

#[test]
fn memory_that_is_not_there_is_not_written_to() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        assert_eq!(raw::status_to_nowhere(queue), Err(Errno::EFAULT));
        room.remove(queue.id());
    });
}
