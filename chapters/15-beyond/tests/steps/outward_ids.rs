//! What an ID is good for.

use ch06_cleanup::remove;
use nix::sys::signal::Signal;
use support::until;

use crate::mailbox::Mailbox;
use crate::outward::{ready, send, stop};
use crate::{Broker, bridge, new_queue};

#[test]
fn messages_in_flight_of_a_removed_queue_arrive_once() {
    support::alone(|room| {
        let Some(mut broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let mut running = ready(bridge("out", key, &broker));
        broker.kill();
        send(queue, 1, b"in flight");
        running.wait_for_stderr("the broker is away");
        running.signal(Signal::SIGKILL);
        running.finish().killed_by(Signal::SIGKILL);
        remove(queue).expect("it is ours");
        broker.start_again();
        // Twice: the second time there is nothing left to publish.
        let mut again = ready(bridge("out", key, &broker));
        again.wait_for_stderr("messages in flight (1)");
        let mailbox = Mailbox::connect(&broker);
        until("it to arrive", || mailbox.len() == 1);
        again.signal(Signal::SIGTERM);
        again.finish().success();
        stop(ready(bridge("out", key, &broker)));
        assert_eq!(mailbox.messages(), [(1, b"in flight".to_vec())]);
        let left = room.queues().into_iter().find(|queue| queue.key == key).expect("it is made");
        room.remove(left.msqid);
    });
}

#[test]
fn other_bytes_under_an_id_are_dropped_also_when_its_message_is_gone() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        stop(ready(bridge("out", key, &broker)));
        let mailbox = Mailbox::connect(&broker);
        let publish = |bytes| {
            mailbox.publish_with(&[("SysV-Type", "1"), ("Nats-Msg-Id", "7-0")], bytes);
        };
        publish(b"one");
        publish(b"two");
        assert_eq!(mailbox.take(), [(1, b"one".to_vec())]);
        publish(b"two");
        assert_eq!(mailbox.take(), []);
        room.remove(queue.id());
    });
}
