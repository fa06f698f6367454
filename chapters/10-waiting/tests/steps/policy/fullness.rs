//! A full queue, seen coming.

use std::time::Duration;

use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::set_capacity;
use ch10_waiting::{Fullness, age_of_oldest, stamped, unstamped};
use nix::errno::Errno;

use super::small_queue;
use crate::{ONE, SHORT, new_queue, receive};

#[test]
fn fullness_counts_bytes_and_messages() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        let fullness = || Fullness::of(queue).expect("the queue is ours");
        assert_eq!(fullness(), Fullness { bytes: 0.0, messages: 0.0 });
        let mut sender = Sender::new(queue);
        sender.try_send(ONE, b"four").expect("there is room");
        assert_eq!(fullness(), Fullness { bytes: 0.4, messages: 0.1 });
        for _ in 0..9 {
            sender.try_send(ONE, b"").expect("there is room");
        }
        assert_eq!(fullness(), Fullness { bytes: 0.4, messages: 1.0 });
        assert_eq!(sender.try_send(ONE, b""), Err(Errno::EAGAIN), "full of messages");
        assert_eq!(fullness().highest(), 1.0);
        set_capacity(queue, 2).expect("the queue is ours");
        assert_eq!(fullness(), Fullness { bytes: 2.0, messages: 5.0 });
        room.remove(queue.id());
    });
}

#[test]
fn queue_without_capacity_is_full_when_it_is_empty() {
    support::alone(|room| {
        let queue = small_queue(room, 0);
        assert_eq!(Fullness::of(queue).map(Fullness::highest), Ok(1.0));
        room.remove(queue.id());
    });
}

#[test]
fn age_of_the_oldest_message_grows_until_it_is_taken() {
    support::alone(|room| {
        let (queue, empty) = (new_queue(room), new_queue(room));
        let mut receiver = Receiver::new(queue);
        assert_eq!(age_of_oldest(&mut receiver), Ok(None));
        let mut sender = Sender::new(queue);
        sender.try_send(ONE, &stamped(b"old")).expect("there is room");
        let age = |receiver: &mut Receiver| {
            age_of_oldest(receiver).expect("it has a stamp").expect("it is there")
        };
        let first = age(&mut receiver);
        assert_eq!(receive(empty, SHORT), Ok(None), "time goes by");
        sender.try_send(ONE, &stamped(b"new")).expect("there is room");
        assert!(age(&mut receiver) >= first + SHORT);

        let message = receiver.recv(Select::Any).expect("there is a message");
        let (age_of_first, bytes) = unstamped(message.bytes()).expect("it has a stamp");
        assert!(age_of_first >= first + SHORT);
        assert_eq!(bytes, b"old");
        assert!(age(&mut receiver) < age_of_first, "the other one is younger");
        assert_eq!(room.queues().iter().map(|queue| queue.qnum).sum::<u64>(), 1);
        room.remove(queue.id());
        room.remove(empty.id());
    });
}

#[test]
fn message_without_a_stamp_fails_with_ebadmsg() {
    support::alone(|room| {
        let queue = new_queue(room);
        let later = u64::MAX.to_ne_bytes();
        for bytes in [&b""[..], b"7 bytes", &later] {
            Sender::new(queue).try_send(ONE, bytes).expect("there is room");
            let mut receiver = Receiver::new(queue);
            assert_eq!(age_of_oldest(&mut receiver), Err(Errno::EBADMSG), "{bytes:?}");
            receiver.recv(Select::Any).expect("it has been left");
        }
        assert_eq!(
            unstamped(&stamped(b"")).map(|(age, rest)| (age < Duration::from_secs(60), rest)),
            Some((true, &b""[..]))
        );
        room.remove(queue.id());
    });
}
