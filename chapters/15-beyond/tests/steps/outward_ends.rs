//! What ends the bridge out of the queue, and what is left then.

use ch01_key_setup::Key;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use nix::sys::signal::Signal;
use support::{Running, until};

use crate::mailbox::Mailbox;
use crate::outward::{is_empty, ready, send, stop};
use crate::{Broker, bridge, drain, new_queue};

#[test]
fn stop_while_the_broker_is_away_leaves_the_messages_in_the_queue() {
    support::alone(|room| {
        let Some(mut broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let mut running = ready(bridge("out", key, &broker));
        broker.kill();
        send(queue, 1, b"not lost");
        running.wait_for_stderr("bridge: the broker is away; the queue waits\n");
        running.signal(Signal::SIGTERM);
        running.finish().success().stdout_has("0 messages have been passed on\n");
        assert!(!is_empty(queue));
        broker.start_again();
        let running = ready(bridge("out", key, &broker));
        let mailbox = Mailbox::connect(&broker);
        until("it to arrive", || mailbox.len() == 1);
        until("it to be taken", || is_empty(queue));
        stop(running);
        assert_eq!(mailbox.messages(), [(1, b"not lost".to_vec())]);
        room.remove(queue.id());
    });
}

#[test]
fn removal_of_the_queue_ends_the_bridge_with_a_sentence() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let bridge = ready(bridge("out", key, &broker));
        let mailbox = Mailbox::connect(&broker);
        send(queue, 1, b"the last one");
        until("it to be taken", || is_empty(queue));
        until("the bridge to sleep", || crate::inward::is_asleep(bridge.id()));
        room.remove(queue.id());
        bridge
            .finish()
            .code(1)
            .stderr_has("was removed; what had been copied from it has arrived (EIDRM)");
        assert_eq!(mailbox.len(), 1);
    });
}

#[test]
fn second_bridge_at_a_queue_is_refused() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let first = ready(bridge("out", key, &broker));
        let second = Running::start(bridge("out", key, &broker)).finish();
        second.code(1).stdout_is("").stderr_has("another bridge is at this queue's journal");
        stop(first);
        room.remove(queue.id());
    });
}

#[test]
fn other_reader_of_the_queue_ends_the_bridge() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let bridge = ready(bridge("out", key, &broker));
        let mailbox = Mailbox::connect(&broker);
        send(queue, 1, b"one");
        until("it to be taken", || is_empty(queue));
        // Sleeping in msgrcv before the bridge's own thread looks again, a stranger may be faster.
        until("somebody else to have received", || {
            let _ = Sender::new(queue).try_send(MessageType::ONE, b"more");
            !drain(queue).is_empty()
        });
        send(queue, 1, b"three");
        let finished = bridge.finish();
        finished.code(1).stderr_has("bridge: somebody else").stderr_has("the only reader");
        drain(queue);
        drop(mailbox);
        room.remove(queue.id());
    });
}

/// It takes one that is not in the window, so that nothing of the window is missing.
#[test]
fn other_reader_of_the_queue_is_seen_also_while_messages_are_in_flight() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let running = ready(bridge("out", key, &broker));
        broker.freeze_for(|| {
            send(queue, 1, b"in flight");
            let name = format!("journal/{}.journal", Key::new(key).expect("not 0"));
            until("it to be in flight", || broker.folder().join(&name).exists());
            send(queue, 2, b"taken");
            let mut receiver = Receiver::new(queue);
            let taken = receiver.try_recv(Select::Exactly(MessageType::new(2).expect("not 0")));
            assert_eq!(taken.expect("it is ours").expect("it is there").bytes(), b"taken");
        });
        running.finish().code(1).stderr_has("has received from this queue");
        assert!(is_empty(queue));
        assert_eq!(Mailbox::connect(&broker).messages(), [(1, b"in flight".to_vec())]);
        room.remove(queue.id());
    });
}
