//! What a timeout promises.

use std::time::Duration;

use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::set_capacity;
use ch10_waiting::{RecvTimeout, SendTimeout};
use nix::errno::Errno;
use support::while_asleep;

use crate::{LONG, ONE, SHORT, new_queue, receive, send, shut_queue, text, timed};

/// From nothing at all to longer than the timer's interval.
const TIMEOUTS: [Duration; 8] = [
    Duration::ZERO,
    Duration::from_nanos(1),
    Duration::from_micros(1),
    Duration::from_micros(50),
    Duration::from_micros(999),
    Duration::from_millis(1),
    Duration::from_millis(7),
    Duration::from_millis(30),
];

/// So long that a test never sees the end; the last of them overflows the clock.
const ENDLESS: [Duration; 3] = [LONG, Duration::from_secs(u64::MAX / 4), Duration::MAX];

#[test]
fn receiving_ends_at_the_deadline_and_never_early() {
    support::alone(|room| {
        let queue = new_queue(room);
        for timeout in TIMEOUTS.repeat(5) {
            let (took, received) = timed(|| receive(queue, timeout));
            assert_eq!(received, Ok(None), "{timeout:?}");
            assert!(took >= timeout, "{took:?} are less than {timeout:?}");
            eprintln!("{timeout:?}: {:?} late", took - timeout);
        }
        room.remove(queue.id());
    });
}

#[test]
fn sending_fails_with_etimedout_at_the_deadline_and_never_early() {
    support::alone(|room| {
        let queue = shut_queue(room);
        for timeout in TIMEOUTS.repeat(5) {
            let (took, sent) = timed(|| send(queue, timeout));
            assert_eq!(sent, Err(Errno::ETIMEDOUT), "{timeout:?}");
            assert!(took >= timeout, "{took:?} are less than {timeout:?}");
            eprintln!("{timeout:?}: {:?} late", took - timeout);
        }
        assert_eq!(room.queues()[0].qnum, 0, "nothing was sent");
        room.remove(queue.id());
    });
}

#[test]
fn waiting_message_is_received_whatever_the_timeout() {
    support::alone(|room| {
        let queue = new_queue(room);
        for timeout in [Duration::ZERO, Duration::from_nanos(1), LONG, Duration::MAX] {
            send(queue, timeout).expect("there is room");
            assert_eq!(receive(queue, timeout), Ok(Some("hello".to_owned())), "{timeout:?}");
        }
        room.remove(queue.id());
    });
}

#[test]
fn message_that_comes_in_time_is_received() {
    support::alone(|room| {
        let (queue, empty) = (new_queue(room), new_queue(room));
        for timeout in ENDLESS {
            let received = while_asleep(
                || receive(queue, timeout),
                |_| {
                    assert_eq!(receive(empty, SHORT), Ok(None), "time goes by");
                    send(queue, Duration::ZERO).expect("there is room");
                },
            );
            assert_eq!(received, Ok(Some("hello".to_owned())), "{timeout:?}");
        }
        room.remove(queue.id());
        room.remove(empty.id());
    });
}

#[test]
fn message_is_sent_when_room_comes_in_time() {
    support::alone(|room| {
        let (queue, empty) = (shut_queue(room), new_queue(room));
        for timeout in ENDLESS {
            let open = |_| {
                assert_eq!(receive(empty, SHORT), Ok(None), "time goes by");
                set_capacity(queue, 5).expect("the queue is ours");
            };
            assert_eq!(while_asleep(|| send(queue, timeout), open), Ok(()), "{timeout:?}");
            assert_eq!(receive(queue, Duration::ZERO), Ok(Some("hello".to_owned())));
            set_capacity(queue, 0).expect("the queue is ours");
        }
        room.remove(queue.id());
        room.remove(empty.id());
    });
}

#[test]
fn message_of_another_type_is_left() {
    support::alone(|room| {
        let queue = new_queue(room);
        let two = ch03_structure::MessageType::new(2).expect("at least 1");
        send(queue, Duration::ZERO).expect("there is room");
        let mut receiver = Receiver::new(queue);
        let received = receiver.recv_timeout(Select::Exactly(two), Duration::from_millis(2));
        assert_eq!(received.map(|message| message.map(text)), Ok(None));
        assert_eq!(room.queues()[0].qnum, 1);
        room.remove(queue.id());
    });
}

#[test]
fn long_message_for_which_the_receiver_has_to_grow_is_received_in_time() {
    support::in_namespace(|room| {
        room.set_limit("msgmax", 10_000);
        let queue = new_queue(room);
        let long = "l".repeat(10_000);
        let received = while_asleep(
            || receive(queue, LONG),
            |_| Sender::new(queue).try_send(ONE, long.as_bytes()).expect("there is room"),
        );
        assert_eq!(received, Ok(Some(long)));
        room.remove(queue.id());
    });
}

#[test]
fn message_longer_than_the_capacity_fails_with_etimedout() {
    support::alone(|room| {
        let queue = new_queue(room);
        set_capacity(queue, 4).expect("the queue is ours");
        assert_eq!(send(queue, Duration::from_millis(2)), Err(Errno::ETIMEDOUT));
        room.remove(queue.id());
    });
}

#[test]
fn message_longer_than_msgmax_fails_with_einval_at_once() {
    support::alone(|room| {
        let queue = new_queue(room);
        let long = vec![0; 1 + room.limit("msgmax") as usize];
        assert_eq!(Sender::new(queue).send_timeout(ONE, &long, LONG), Err(Errno::EINVAL));
        room.remove(queue.id());
    });
}

#[test]
fn removal_of_the_queue_ends_the_wait() {
    support::alone(|room| {
        let queue = shut_queue(room);
        let received = while_asleep(|| receive(queue, LONG), |_| room.remove(queue.id()));
        assert_eq!(received, Err(Errno::EIDRM));
        assert_eq!(receive(queue, LONG), Err(Errno::EINVAL), "there is nothing to wait for");

        let queue = shut_queue(room);
        let sent = while_asleep(|| send(queue, LONG), |_| room.remove(queue.id()));
        assert_eq!(sent, Err(Errno::EIDRM));
        assert_eq!(send(queue, LONG), Err(Errno::EINVAL), "there is nothing to wait for");
    });
}
