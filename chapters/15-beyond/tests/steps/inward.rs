//! From the stream to the queue: what arrives, in which order, and what cannot.

use std::fs;

use ch06_cleanup::set_capacity;
use nix::sys::signal::Signal;
use support::{Running, until};

use crate::mailbox::Mailbox;
use crate::{Broker, bridge, drain, new_queue, next};

/// A bridge into the queue with this key that has begun.
pub(crate) fn ready_bridge(key: i32, broker: &Broker) -> Running {
    let mut bridge = Running::start(bridge("in", key, broker));
    bridge.wait_for_text("Bridge: from stream mailbox to queue ");
    bridge
}

/// Whether one of its threads sleeps in a call on the queue.
pub(crate) fn is_asleep(program: i32) -> bool {
    let threads = fs::read_dir(format!("/proc/{program}/task")).expect("it runs");
    let mut names = threads.map(|entry| entry.expect("it runs").file_name());
    names.any(|name| {
        let thread = name.to_str().and_then(|name| name.parse().ok());
        support::asleep_in_msg_call(thread.expect("a number"))
    })
}

/// Ends it with SIGTERM; it has nothing to complain about.
pub(crate) fn stop(bridge: Running) {
    bridge.signal(Signal::SIGTERM);
    bridge.finish().success().stderr_is("");
}

#[test]
fn messages_arrive_in_order_with_their_types_and_are_gone_from_the_stream() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let bridge = ready_bridge(key, &broker);
        let mailbox = Mailbox::connect(&broker);
        let longest = vec![0xff; 8192];
        let sent = [
            (1, &b"hello\0"[..]),
            (1, b"hello\0"),
            (i64::MAX, b""),
            (2, &longest),
            (1, b"\0\n\x1b"),
        ];
        for (message_type, bytes) in sent {
            mailbox.publish(message_type, bytes);
        }
        for (message_type, bytes) in sent {
            assert_eq!(next(queue), (message_type, bytes.to_vec()));
        }
        stop(bridge);
        assert_eq!(mailbox.len(), 0);
        assert_eq!(drain(queue), []);
        room.remove(queue.id());
    });
}

#[test]
fn message_that_never_fits_is_dropped_with_a_sentence_and_holds_up_nothing() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        set_capacity(queue, 100).expect("the queue is ours");
        let bridge = ready_bridge(key, &broker);
        let mailbox = Mailbox::connect(&broker);
        mailbox.publish(1, &vec![b'x'; room.limit("msgmax") as usize + 1]);
        mailbox.publish(1, &[b'x'; 101]);
        for value in ["0", "-1", "one", "9223372036854775808", ""] {
            mailbox.publish_with(&[("SysV-Type", value)], b"bad type");
        }
        mailbox.publish_with(&[], b"no type");
        mailbox.publish(1, &[b'x'; 100]);
        assert_eq!(next(queue), (1, vec![b'x'; 100]));
        bridge.signal(Signal::SIGTERM);
        let finished = bridge.finish();
        let dropped = |number, size| {
            format!("bridge: message {number} of the stream ({size} bytes) is dropped: ")
        };
        let too_long = room.limit("msgmax") + 1;
        finished
            .success()
            .stderr_has(dropped(1, too_long) + "messages here may not be so long (msgmax, EINVAL)")
            .stderr_has(dropped(2, 101) + "the queue's capacity is 100 bytes")
            .stderr_has(dropped(3, 8) + "its header SysV-Type is \"0\": ")
            .stderr_has(dropped(5, 8) + "its header SysV-Type is \"one\": ")
            .stderr_has(dropped(8, 7) + "it has no header SysV-Type");
        assert_eq!(finished.stderr_text().lines().count(), 8, "{}", finished.stderr_text());
        assert_eq!(mailbox.len(), 0);
        room.remove(queue.id());
    });
}

#[test]
fn messages_wait_in_the_stream_while_the_queue_is_full_and_come_once_and_in_order() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        set_capacity(queue, 40).expect("the queue is ours");
        let bridge = ready_bridge(key, &broker);
        let mailbox = Mailbox::connect(&broker);
        for number in 0..200 {
            mailbox.publish(1, format!("{number:04}").as_bytes());
        }
        let begin = std::time::Instant::now();
        // Longer than the broker waits for an acknowledgement.
        until("six seconds to pass", || begin.elapsed().as_secs() >= 6);
        assert_eq!(mailbox.len(), 190);
        for number in 0..200 {
            assert_eq!(next(queue), (1, format!("{number:04}").into_bytes()));
        }
        until("the stream to be empty", || mailbox.len() == 0);
        stop(bridge);
        assert_eq!(drain(queue), []);
        room.remove(queue.id());
    });
}

#[test]
fn bridge_stopped_at_a_full_queue_loses_and_repeats_nothing() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        set_capacity(queue, 40).expect("the queue is ours");
        let mut bridge = ready_bridge(key, &broker);
        let mailbox = Mailbox::connect(&broker);
        for number in 0..50 {
            mailbox.publish(1, format!("{number:04}").as_bytes());
        }
        let mut received = vec![];
        while received.len() < 50 {
            until("the queue to be full", || {
                room.queues()[0].qnum == 10.min(50 - received.len() as u64)
            });
            stop(bridge);
            received.extend(drain(queue));
            assert_eq!(mailbox.len(), 50 - received.len() as u64);
            bridge = ready_bridge(key, &broker);
        }
        stop(bridge);
        let expected: Vec<_> =
            (0..50).map(|number| (1, format!("{number:04}").into_bytes())).collect();
        assert_eq!(received, expected);
        room.remove(queue.id());
    });
}

#[test]
fn queue_that_is_missing_removed_or_shut_ends_the_bridge_and_the_message_stays() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let missing = Running::start(bridge("in", room.key(), &broker)).finish();
        missing.code(1).stderr_has("there is no queue with this key").stderr_has("(ENOENT)");

        let (key, queue) = new_queue(room);
        let running = ready_bridge(key, &broker);
        let mailbox = Mailbox::connect(&broker);
        set_capacity(queue, 0).expect("the queue is ours");
        mailbox.publish(1, b"hello");
        let shut = running.finish();
        shut.code(1).stderr_has("it is shut").stderr_has("the message stays in the stream");
        assert_eq!(mailbox.len(), 1);

        // It sleeps in a full queue.
        set_capacity(queue, 5).expect("the queue is ours");
        crate::outward::send(queue, 1, b"full!");
        let running = ready_bridge(key, &broker);
        until("the bridge to sleep", || is_asleep(running.id()));
        room.remove(queue.id());
        running
            .finish()
            .code(1)
            .stderr_has("(EIDRM)")
            .stderr_has("the message stays in the stream");
        assert_eq!(mailbox.len(), 1);

        let (key, queue) = new_queue(room);
        let running = ready_bridge(key, &broker);
        assert_eq!(next(queue), (1, b"hello".to_vec()));
        room.remove(queue.id());
        mailbox.publish(1, b"hello");
        running
            .finish()
            .code(1)
            .stderr_has("(EINVAL)")
            .stderr_has("the message stays in the stream");
        assert_eq!(mailbox.len(), 1);
    });
}
