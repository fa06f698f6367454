//! Who may change and remove a queue: asked as somebody else, since root may do everything.

use std::sync::atomic::{AtomicI32, Ordering};
use std::thread;

use ch02_create::{Mode, Queue};
use ch04_send::Sender;
use ch06_cleanup::{OwnedQueue, Status, remove, set_capacity};
use nix::errno::Errno;
use nix::unistd::Uid;
use support::{as_stranger, asleep_in_msg_call, this_thread, until};

use crate::{EVERYBODYS, NOBODY, ONE, OURS, new_queue, raw, recv};

#[test]
fn stranger_may_not_remove_whatever_the_mode() {
    support::alone(|room| {
        let queue = new_queue(room, EVERYBODYS);
        let ask = || (remove(queue), OwnedQueue::new(queue).remove());
        if let Some(removed) = as_stranger(NOBODY, ask) {
            assert_eq!(removed, (Err(Errno::EPERM), Err(Errno::EPERM)));
        }
        room.remove(queue.id());
    });
}

#[test]
fn stranger_may_not_change_the_capacity_whatever_the_mode() {
    support::alone(|room| {
        let queue = new_queue(room, EVERYBODYS);
        if let Some(changed) = as_stranger(NOBODY, || set_capacity(queue, 1)) {
            assert_eq!(changed, Err(Errno::EPERM));
        }
        room.remove(queue.id());
    });
}

#[test]
fn stranger_cannot_close_and_takes_no_message() {
    support::alone(|room| {
        let queue = new_queue(room, EVERYBODYS);
        Sender::new(queue).send(ONE, b"hello").expect("there is room");
        let close = || {
            let owned = OwnedQueue::new(queue);
            let closed = owned.close(|_| panic!("not ours to take"));
            (closed, OwnedQueue::new(queue).close_once_empty())
        };
        if let Some(closed) = as_stranger(NOBODY, close) {
            assert_eq!(closed, (Err(Errno::EPERM), Err(Errno::EPERM)));
            assert_eq!(Status::of(queue).map(|status| status.messages), Ok(1));
        }
        room.remove(queue.id());
    });
}

#[test]
fn closing_that_fails_leaves_the_queue_and_what_is_in_it() {
    support::alone(|room| {
        // Its owner may change and remove such a queue, but not receive from it.
        let close = || {
            let queue = new_queue(room, Mode::S_IWUSR);
            let sent = Sender::new(queue).try_send(ONE, b"hello");
            (queue, sent, OwnedQueue::new(queue).close(|_| ()))
        };
        if let Some((queue, sent, closed)) = as_stranger(NOBODY, close) {
            assert_eq!((sent, closed), (Ok(()), Err(Errno::EACCES)));
            let status = Status::of(queue).expect("root may read it");
            assert!(status.capacity > 0, "its door is open again");
            assert_eq!(room.queues()[0].qnum, 1);
            room.remove(queue.id());
        }
    });
}

#[test]
fn owner_may_remove_whatever_the_mode() {
    support::alone(|room| {
        let make_and_remove = || remove(new_queue(room, Mode::empty()));
        if let Some(removed) = as_stranger(NOBODY, make_and_remove) {
            assert_eq!(removed, Ok(()));
        }
    });
}

#[test]
fn giving_a_queue_away_keeps_the_creators_rights() {
    support::alone(|room| {
        let give_away = || {
            let queue = Queue::private(OURS).expect("a queue can be made");
            room.watch(queue.id());
            raw::change(queue, |status| status.msg_perm.uid = 1).expect("the queue is ours");
            let status = Status::of(queue);
            (status, set_capacity(queue, 10), remove(queue))
        };
        if let Some((status, changed, removed)) = as_stranger(NOBODY, give_away) {
            let status = status.expect("its creator may read as its owner may");
            assert_eq!(status.owner.0, Uid::from_raw(1));
            assert_eq!(status.creator.0, Uid::from_raw(NOBODY));
            assert_eq!((changed, removed), (Ok(()), Ok(())));
        }
    });
}

#[test]
fn new_owner_may_remove_what_another_made() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let given = raw::change(queue, |status| status.msg_perm.uid = NOBODY);
        match as_stranger(NOBODY, || remove(queue)) {
            Some(removed) => assert_eq!((given, removed), (Ok(()), Ok(()))),
            None => room.remove(queue.id()),
        }
    });
}

#[test]
fn receiver_that_loses_read_permission_while_asleep_fails_with_eacces() {
    support::alone(|room| {
        let queue = new_queue(room, EVERYBODYS);
        let sleeper = AtomicI32::new(0);
        thread::scope(|scope| {
            let thread = scope.spawn(|| {
                as_stranger(NOBODY, || {
                    sleeper.store(this_thread(), Ordering::SeqCst);
                    recv(queue)
                })
            });
            until("a stranger to sleep in msgrcv", || {
                let sleeper = sleeper.load(Ordering::SeqCst);
                thread.is_finished() || sleeper != 0 && asleep_in_msg_call(sleeper)
            });
            raw::change(queue, |status| status.msg_perm.mode = 0o600).expect("the queue is ours");
            if let Some(received) = thread.join().expect("no panic") {
                assert_eq!(received, Err(Errno::EACCES));
            }
        });
        room.remove(queue.id());
    });
}
