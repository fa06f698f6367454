//! A bridge that is asked to stop, or has to, at an awkward moment: what it has in hand arrives.

use std::fs;
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use support::until;

use crate::inward::is_asleep;
use crate::limits::without_space;
use crate::mailbox::Mailbox;
use crate::outward::{is_empty, ready, send};
use crate::{Broker, bridge, drain, new_queue};

/// The kernel hands an empty message to the sleeping bridge, which is told to stop before it looks.
#[test]
fn empty_message_that_comes_together_with_sigterm_is_not_lost() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let mut waiting = 0;
        let mailbox = {
            drop(ready(bridge("out", key, &broker)));
            Mailbox::connect(&broker)
        };
        for _ in 0..25 {
            let running = ready(bridge("out", key, &broker));
            until("the bridge to sleep", || is_asleep(running.id()));
            send(queue, 7, b"");
            running.signal(Signal::SIGTERM);
            running.finish().success().stderr_is("");
            waiting += drain(queue).len() as u64;
        }
        assert_eq!(mailbox.len() + waiting, 25);
        room.remove(queue.id());
    });
}

#[test]
fn empty_message_that_cannot_be_written_down_arrives_all_the_same() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let running = ready(without_space(&bridge("out", key, &broker)));
        let mailbox = Mailbox::connect(&broker);
        until("the bridge to sleep", || is_asleep(running.id()));
        send(queue, 7, b"");
        running.finish().code(1).stderr_has("cannot use the journal").stderr_has("(EFBIG)");
        assert_eq!(mailbox.messages(), [(7, vec![])]);
        room.remove(queue.id());
    });
}

/// So `systemctl stop` does: each process of the service gets the signal.
#[test]
fn sigterm_to_the_bridge_and_its_helper_at_once_ends_both_in_order() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let running = ready(bridge("out", key, &broker));
        let children = format!("/proc/{0}/task/{0}/children", running.id());
        let helper = fs::read_to_string(children).expect("it runs");
        let helper = Pid::from_raw(helper.trim().parse().expect("it has one child"));
        for stop in [Signal::SIGINT, Signal::SIGTERM] {
            kill(helper, stop).expect("it runs");
        }
        for _ in 0..3 {
            send(queue, 1, b"hello");
        }
        until("all to be taken", || is_empty(queue));
        running.signal(Signal::SIGTERM);
        running.finish().success().stderr_is("");
        assert_eq!(Mailbox::connect(&broker).len(), 3);
        room.remove(queue.id());
    });
}

/// What is published again and again fills the way to the broker, and nothing waits for room there.
#[test]
fn sigterm_is_heeded_with_1024_in_flight_and_a_broker_that_stands_still() {
    support::in_namespace(|room| {
        let Some(broker) = Broker::start() else { return };
        room.set_limit("msgmnb", 10_000_000);
        let (key, queue) = new_queue(room);
        let command = || {
            let mut command = bridge("out", key, &broker);
            command.args(["--in-flight", "1024"]);
            command
        };
        let running = ready(command());
        let lines = || (0..1100).map(|number| (1, format!("{number:08000}").into_bytes()));
        broker.freeze_for(|| {
            lines().for_each(|(number, bytes)| send(queue, number, &bytes));
            let begin = Instant::now();
            until("a third attempt", || begin.elapsed() > Duration::from_secs(8));
            running.signal(Signal::SIGTERM);
            running.finish().success().stderr_has("the broker does not answer");
        });
        let running = ready(command());
        until("all to be taken", || is_empty(queue));
        running.signal(Signal::SIGTERM);
        running.finish().success();
        let mut arrived = Mailbox::connect(&broker).messages();
        arrived.sort();
        assert!(arrived.into_iter().eq(lines()), "each once");
        room.remove(queue.id());
    });
}
