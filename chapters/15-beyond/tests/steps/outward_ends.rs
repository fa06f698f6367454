//! What ends the bridge out of the queue, and what is left then.

use ch03_structure::MessageType;
use ch04_send::Sender;
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
