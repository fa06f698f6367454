//! Closing without losing a message.

use std::panic;
use std::thread;

use ch02_create::Queue;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{OwnedQueue, Status, set_capacity};
use nix::errno::Errno;
use support::while_asleep;

use crate::{ONE, OURS, new_queue, queue_with};

/// Closes the queue and returns what was in it.
pub(crate) fn close(queue: Queue) -> nix::Result<Vec<String>> {
    let mut texts = Vec::new();
    OwnedQueue::new(queue).close(|message| {
        texts.push(String::from_utf8_lossy(message.bytes()).into_owned());
    })?;
    Ok(texts)
}

#[test]
fn closing_returns_what_waits_in_order_and_removes_the_queue() {
    support::alone(|room| {
        let queue = queue_with(room, &["first", "second", "third"]);
        let expected = ["first", "second", "third"].map(str::to_owned).to_vec();
        assert_eq!(close(queue), Ok(expected));
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn closing_an_empty_queue_removes_it() {
    support::alone(|room| {
        assert_eq!(close(new_queue(room, OURS)), Ok(vec![]));
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn nothing_is_accepted_while_the_queue_is_closed() {
    support::alone(|room| {
        let queue = queue_with(room, &["first", "second"]);
        let mut refused = 0;
        let closed = OwnedQueue::new(queue).close(|_| {
            let sent = Sender::new(queue).try_send(ONE, b"");
            assert_eq!(sent, Err(Errno::EAGAIN));
            refused += 1;
        });
        assert_eq!((closed, refused), (Ok(()), 2));
    });
}

#[test]
fn sender_that_waits_for_room_learns_of_the_closing() {
    support::alone(|room| {
        let queue = queue_with(room, &["ten bytes."]);
        set_capacity(queue, 10).expect("the queue is ours");
        let sent = while_asleep(
            || Sender::new(queue).send(ONE, b"too late"),
            |_| assert_eq!(close(queue), Ok(vec!["ten bytes.".to_owned()])),
        );
        assert_eq!(sent, Err(Errno::EIDRM));
    });
}

#[test]
fn closing_a_queue_that_is_gone_is_an_error() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        room.remove(queue.id());
        assert_eq!(close(queue), Err(Errno::EINVAL));
        assert_eq!(OwnedQueue::new(queue).close_once_empty(), Err(Errno::EINVAL));
    });
}

#[test]
fn close_once_empty_wakes_a_sleeping_receiver() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let received = while_asleep(
            || Receiver::new(queue).recv(Select::Any).map(drop),
            |_| assert_eq!(OwnedQueue::new(queue).close_once_empty(), Ok(())),
        );
        assert_eq!(received, Err(Errno::EIDRM));
    });
}

#[test]
fn close_once_empty_waits_until_others_have_emptied_it() {
    support::alone(|room| {
        let queue = queue_with(room, &["one", "two"]);
        thread::scope(|scope| {
            let closing = scope.spawn(|| OwnedQueue::new(queue).close_once_empty());
            let capacity = || Status::of(queue).map(|status| status.capacity);
            support::until("the door to be closed", || capacity() == Ok(0));
            let mut receiver = Receiver::new(queue);
            for text in [b"one", b"two"] {
                assert!(!closing.is_finished(), "there are messages left");
                let message = receiver.recv(Select::Any).expect("it has not been removed");
                assert_eq!(message.bytes(), text);
            }
            assert_eq!(closing.join().expect("no panic"), Ok(()));
        });
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn queue_whose_door_is_opened_again_is_left_alone() {
    support::alone(|room| {
        let queue = queue_with(room, &["one"]);
        thread::scope(|scope| {
            let closing = scope.spawn(|| OwnedQueue::new(queue).close_once_empty());
            let capacity = || Status::of(queue).map(|status| status.capacity);
            support::until("the door to be closed", || capacity() == Ok(0));
            set_capacity(queue, 1000).expect("the queue is ours");
            assert_eq!(closing.join().expect("no panic"), Err(Errno::EBUSY));
        });
        assert_eq!(Status::of(queue).map(|status| status.messages), Ok(1));
        room.remove(queue.id());
    });
}

#[test]
fn panic_while_closing_leaves_the_rest_and_an_open_door() {
    support::alone(|room| {
        let queue = queue_with(room, &["taken", "left"]);
        let usual = usize::try_from(room.limit("msgmnb")).expect("it is 32 bits");
        let closing = panic::catch_unwind(|| OwnedQueue::new(queue).close(|_| panic!("no paper")));
        assert!(closing.is_err());
        assert_eq!(left(queue), Ok((1, usual)));
        room.remove(queue.id());
    });
}

#[test]
fn failure_of_the_closure_leaves_the_rest_and_an_open_door() {
    support::alone(|room| {
        let queue = queue_with(room, &["first", "second", "third"]);
        set_capacity(queue, 1000).expect("the queue is ours");
        let mut seen = Vec::new();
        let closed = OwnedQueue::new(queue).try_close(|message| {
            seen.push(message.bytes().to_vec());
            match message.bytes() {
                b"second" => Err(Errno::ENOSPC),
                _ => Ok(()),
            }
        });
        assert_eq!(closed, Err(Errno::ENOSPC));
        assert_eq!(seen, [&b"first"[..], b"second"]);
        assert_eq!(left(queue), Ok((1, 1000)));
        assert_eq!(Sender::new(queue).try_send(ONE, b"welcome"), Ok(()));
        assert_eq!(close(queue), Ok(vec!["third".to_owned(), "welcome".to_owned()]));
    });
}

#[test]
fn closure_that_does_not_fail_closes_the_queue() {
    support::alone(|room| {
        let queue = queue_with(room, &["first", "second"]);
        let mut seen = 0;
        let closed: nix::Result<()> = OwnedQueue::new(queue).try_close(|_| {
            seen += 1;
            Ok(())
        });
        assert_eq!((closed, seen), (Ok(()), 2));
        assert_eq!(room.queues(), []);
    });
}

/// How many messages are in the queue, and its capacity.
fn left(queue: Queue) -> nix::Result<(usize, usize)> {
    Status::of(queue).map(|status| (status.messages, status.capacity))
}
