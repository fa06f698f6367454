//! Removal is immediate.

use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{Status, remove, set_capacity};
use nix::errno::Errno;
use support::while_asleep;

use crate::{ONE, OURS, new_queue, queue_with, recv};

#[test]
fn removal_takes_what_is_queued_with_it() {
    support::alone(|room| {
        let queue = queue_with(room, &["lost", "lost too"]);
        assert_eq!(remove(queue), Ok(()));
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn everybody_asleep_gets_eidrm() {
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
        assert_eq!(
            (first, second, sender),
            (removed, Some(removed), Some(removed))
        );
    });
}

#[test]
fn everybody_who_comes_later_gets_einval() {
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
fn nobody_counts_who_is_using_a_queue() {
    support::alone(|room| {
        let queue = queue_with(room, &["one", "two"]);
        let mut receiver = Receiver::new(queue);
        receiver.recv(Select::Any).expect("there is a message");
        assert_eq!(
            remove(queue),
            Ok(()),
            "with a receiver that has more to receive"
        );
        assert_eq!(receiver.recv(Select::Any).map(drop), Err(Errno::EINVAL));
    });
}
