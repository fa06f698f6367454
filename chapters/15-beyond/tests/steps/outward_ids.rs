//! What an ID is good for, and for how long.

use ch06_cleanup::remove;
use nix::sys::signal::Signal;
use support::{Running, until};

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
        again.wait_for_stderr("1 messages, which are not in the queue any more");
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
fn id_is_remembered_when_its_message_is_gone_but_not_through_a_restart_of_the_broker() {
    support::alone(|room| {
        let Some(mut broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        stop(ready(bridge("out", key, &broker)));
        let publish = |mailbox: &Mailbox, bytes: &[u8]| {
            mailbox.publish_with(&[("SysV-Type", "1"), ("Nats-Msg-Id", "7-0")], bytes);
        };
        let mailbox = Mailbox::connect(&broker);
        publish(&mailbox, b"one");
        publish(&mailbox, b"other bytes under the same ID");
        assert_eq!(mailbox.take(), [(1, b"one".to_vec())]);
        publish(&mailbox, b"one");
        assert_eq!(mailbox.take(), []);
        // What is in the stream is remembered; of what was, the broker knows nothing any more.
        broker.kill();
        broker.start_again();
        let mailbox = Mailbox::connect(&broker);
        publish(&mailbox, b"one");
        assert_eq!(mailbox.messages(), [(1, b"one".to_vec())]);
        broker.kill();
        broker.start_again();
        let mailbox = Mailbox::connect(&broker);
        publish(&mailbox, b"one");
        assert_eq!(mailbox.take(), [(1, b"one".to_vec())]);
        room.remove(queue.id());
    });
}

#[test]
fn id_is_forgotten_after_the_duplicate_window() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let mut command = bridge("out", key, &broker);
        command.args(["--duplicate-window", "1"]);
        stop(ready(command));
        let mailbox = Mailbox::connect(&broker);
        let mut published = 0;
        until("the ID to be forgotten", || {
            mailbox.publish_with(&[("SysV-Type", "1"), ("Nats-Msg-Id", "7-0")], b"one");
            published += 1;
            mailbox.len() == 2
        });
        assert!(published > 2, "at first it is remembered");
        room.remove(queue.id());
    });
}
