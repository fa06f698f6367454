//! From the queue to the stream: what arrives, and what waits.

use std::process::Command;

use assert_cmd::cargo::cargo_bin_cmd;
use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch06_cleanup::{Status, set_capacity};
use nix::errno::Errno;
use nix::sys::signal::Signal;
use support::{Running, until};

use crate::mailbox::Mailbox;
use crate::{Broker, Pair, bridge, new_queue};

pub(crate) fn send(queue: Queue, message_type: i64, bytes: &[u8]) {
    let message_type = MessageType::new(message_type).expect("1 or more");
    Sender::new(queue).send(message_type, bytes).expect("the queue is ours");
}

/// A bridge out of the queue with this key that has begun.
pub(crate) fn ready(command: Command) -> Running {
    let mut bridge = Running::start(command);
    bridge.wait_for_text("Bridge: from queue ");
    bridge
}

pub(crate) fn is_empty(queue: Queue) -> bool {
    Status::of(queue).expect("the queue is ours").messages == 0
}

/// Ends it with SIGTERM; it has nothing to complain about.
pub(crate) fn stop(bridge: Running) {
    bridge.signal(Signal::SIGTERM);
    bridge.finish().success().stderr_is("");
}

#[test]
fn messages_arrive_in_order_with_their_types_and_are_gone_from_the_queue() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let longest = vec![0xff; 8192];
        let sent = [(1, &b"hello\0"[..]), (i64::MAX, b""), (2, &longest), (1, b"\0\n\x1b")];
        for (message_type, bytes) in sent {
            send(queue, message_type, bytes);
        }
        let mut bridge = ready(bridge("out", key, &broker));
        let mailbox = Mailbox::connect(&broker);
        let first: Vec<Pair> = sent.map(|(number, bytes)| (number, bytes.to_vec())).into();
        until("all to be taken", || is_empty(queue));
        until("all to arrive", || mailbox.len() == 4);
        assert_eq!(mailbox.messages(), first);
        // And now that the bridge sleeps, an empty one and one after it.
        until("the bridge to sleep", || crate::inward::is_asleep(bridge.id()));
        send(queue, 7, b"");
        send(queue, 8, b"after it");
        until("both to arrive", || mailbox.len() == 6);
        assert_eq!(mailbox.messages()[4..], [(7, vec![]), (8, b"after it".to_vec())]);
        bridge.signal(Signal::SIGINT);
        bridge.wait_for_line("Bridge: stopped; 6 messages have been passed on");
        bridge.finish().success().stderr_is("");
        room.remove(queue.id());
    });
}

#[test]
fn client_needs_no_server_and_no_change() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let key = room.key();
        let mut command = bridge("out", key, &broker);
        command.args(["--mode", "660"]);
        let bridge = ready(command);
        let queue = room.queues().into_iter().find(|queue| queue.key == key).expect("it is made");
        assert_eq!(queue.perms, 0o660);
        // What `client` sends: see its tests.
        let queue = Queue::from_id(queue.msqid);
        send(queue, 1, b"hello\0");
        let mailbox = Mailbox::connect(&broker);
        until("it to arrive", || mailbox.len() == 1);
        assert_eq!(mailbox.messages(), [(1, b"hello\0".to_vec())]);
        stop(bridge);
        room.remove(queue.id());
    });
}

#[test]
fn message_longer_than_todays_limit_arrives() {
    support::in_namespace(|room| {
        let Some(broker) = Broker::start() else { return };
        room.set_limit("msgmax", 10_000);
        let (key, queue) = new_queue(room);
        send(queue, 1, b"before\0");
        send(queue, 3, &[b'x'; 10_000]);
        send(queue, 1, b"after\0");
        room.set_limit("msgmax", 8192);
        let bridge = ready(bridge("out", key, &broker));
        let mailbox = Mailbox::connect(&broker);
        until("all to arrive", || mailbox.len() == 3);
        until("all to be taken", || is_empty(queue));
        let expected =
            [(1, b"before\0".to_vec()), (3, vec![b'x'; 10_000]), (1, b"after\0".to_vec())];
        assert_eq!(mailbox.messages(), expected);
        stop(bridge);
        room.remove(queue.id());
    });
}

#[test]
fn full_stream_makes_the_queue_wait_and_loses_nothing() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let mut command = bridge("out", key, &broker);
        command.args(["--max-messages", "9", "--in-flight", "4"]);
        let mut bridge = ready(command);
        let mailbox = Mailbox::connect(&broker);
        for number in 0..20 {
            send(queue, 1, format!("{number:0500}").as_bytes());
        }
        bridge.wait_for_stderr("bridge: the stream is full; the queue waits\n");
        assert!(!is_empty(queue), "what is not in the stream is in the queue");
        let mut arrived: Vec<Pair> = vec![];
        until("all to arrive", || {
            arrived.extend(mailbox.take());
            arrived.len() >= 20
        });
        until("all to be taken", || is_empty(queue));
        let numbers = (0..20).map(|number| (1, format!("{number:0500}").into_bytes()));
        arrived.sort();
        assert!(arrived.into_iter().eq(numbers));
        bridge.wait_for_stderr("bridge: the stream takes messages again\n");
        bridge.signal(Signal::SIGTERM);
        bridge.finish().success();
        room.remove(queue.id());
    });
}

#[test]
fn broker_away_fills_the_queue_and_afterwards_everything_arrives() {
    support::alone(|room| {
        let Some(mut broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        set_capacity(queue, 60).expect("the queue is ours");
        let mut bridge = ready(bridge("out", key, &broker));
        broker.kill();
        let mut sender = Sender::new(queue);
        for number in 0..10 {
            sender.try_send(MessageType::ONE, format!("{number:06}").as_bytes()).expect("room");
        }
        assert_eq!(sender.try_send(MessageType::ONE, b"000010"), Err(Errno::EAGAIN));
        bridge.wait_for_stderr("bridge: the broker is away; the queue waits\n");
        broker.start_again();
        let mailbox = Mailbox::connect(&broker);
        until("all to arrive", || mailbox.len() == 10);
        until("all to be taken", || is_empty(queue));
        let numbers = (0..10).map(|number| (1, format!("{number:06}").into_bytes()));
        assert!(mailbox.messages().into_iter().eq(numbers), "in their order");
        bridge.signal(Signal::SIGTERM);
        bridge.finish().success();
        room.remove(queue.id());
    });
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    for args in [&["--help"][..], &["out", "--help"], &["in", "--help"]] {
        let help = cargo_bin_cmd!("bridge").args(args).assert().success().stderr("");
        let text = String::from_utf8_lossy(&help.get_output().stdout).into_owned();
        assert!(text.contains("Usage: bridge"), "{text}");
        assert!(!text.contains("out-helper"), "{text}");
    }
    for args in [
        &[][..],
        &["out", "--in-flight", "0"],
        &["out", "--in-flight", "1025"],
        &["out", "--key", "0"],
        &["sideways"],
    ] {
        cargo_bin_cmd!("bridge").args(args).assert().code(2).stdout("");
    }
}
