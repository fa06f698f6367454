//! The bridge into the queue, and its broker, killed and restarted: nothing is lost, and it is known
//! what comes twice.

use ch02_create::Queue;
use ch06_cleanup::set_capacity;
use nix::sys::signal::Signal;
use support::{Running, Traced, until};

use crate::inward::{ready_bridge, stop};
use crate::mailbox::Mailbox;
use crate::{Broker, bridge, drain, new_queue, next};

/// The numbers in the messages.
fn numbers(messages: Vec<crate::Pair>) -> Vec<usize> {
    let number = |bytes| String::from_utf8(bytes).ok()?.parse().ok();
    messages.into_iter().map(|(_, bytes)| number(bytes).expect("a number was sent")).collect()
}

fn publish(mailbox: &Mailbox, numbers: std::ops::Range<usize>) {
    mailbox.publish_all(numbers.map(|number| number.to_string().into_bytes()));
}

/// Takes so many numbers, as they come.
fn take(queue: Queue, count: usize) -> Vec<usize> {
    numbers((0..count).map(|_| next(queue)).collect())
}

#[test]
fn broker_restarts_lose_and_repeat_nothing_as_long_as_the_bridge_lives() {
    support::alone(|room| {
        let Some(mut broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        set_capacity(queue, 300).expect("the queue is ours");
        let bridge = ready_bridge(key, &broker);
        publish(&Mailbox::connect(&broker), 0..3000);
        let mut received = vec![];
        for _ in 0..5 {
            received.extend(take(queue, 400));
            broker.kill();
            received.extend(numbers(drain(queue)));
            broker.start_again();
        }
        received.extend(take(queue, 3000 - received.len()));
        assert!((0..3000).eq(received.iter().copied()), "{received:?}");
        let mailbox = Mailbox::connect(&broker);
        until("the stream to be empty", || mailbox.len() == 0);
        bridge.signal(Signal::SIGTERM);
        bridge.finish().success();
        assert_eq!(drain(queue), []);
        room.remove(queue.id());
    });
}

/// The rest of the numbers below `count`, after what has been received; checks them all.
///
/// How many have come twice, which none may have that is not the one before.
fn repeated(mailbox: &Mailbox, queue: Queue, mut received: Vec<usize>, count: usize) -> usize {
    until("the stream to be empty", || {
        received.extend(numbers(drain(queue)));
        mailbox.len() == 0
    });
    received.extend(numbers(drain(queue)));
    let mut once = received.clone();
    once.dedup();
    assert!((0..count).eq(once.iter().copied()), "{received:?}");
    received.len() - once.len()
}

#[test]
fn sigkill_of_the_bridge_loses_nothing_and_repeats_at_most_the_last_message() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        // So that there is something left for the last kill.
        set_capacity(queue, 300).expect("the queue is ours");
        let mut running = ready_bridge(key, &broker);
        let mailbox = Mailbox::connect(&broker);
        publish(&mailbox, 0..5000);
        let mut received = vec![];
        for kill in 0..20 {
            received.extend(take(queue, 20 + kill * 7 % 40));
            running.signal(Signal::SIGKILL);
            running.finish().killed_by(Signal::SIGKILL);
            received.extend(numbers(drain(queue)));
            running = Running::start(bridge("in", key, &broker));
        }
        let repeated = repeated(&mailbox, queue, received, 5000);
        stop(running);
        eprintln!("{repeated} of 5000 came twice");
        assert!(repeated <= 20);
        room.remove(queue.id());
    });
}

/// The broker has forgotten what was acknowledged, and sends it again.
#[test]
fn kill_of_both_bridge_and_broker_repeats_at_most_the_last_message() {
    support::alone(|room| {
        let Some(mut broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        set_capacity(queue, 300).expect("the queue is ours");
        let mut running = ready_bridge(key, &broker);
        publish(&Mailbox::connect(&broker), 0..2000);
        let mut received = vec![];
        for _ in 0..5 {
            received.extend(take(queue, 100));
            running.signal(Signal::SIGKILL);
            broker.kill();
            running.finish().killed_by(Signal::SIGKILL);
            broker.start_again();
            received.extend(numbers(drain(queue)));
            running = ready_bridge(key, &broker);
        }
        let repeated = repeated(&Mailbox::connect(&broker), queue, received, 2000);
        stop(running);
        assert!(repeated <= 5, "{repeated}");
        room.remove(queue.id());
    });
}

#[test]
fn bridge_killed_at_any_step_repeats_a_message_only_between_its_send_and_its_note() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        stop(ready_bridge(key, &broker));
        let mailbox = Mailbox::connect(&broker);
        // Before and after each of two calls, for each message; the first write begins the note.
        for stops in 2..=10 {
            publish(&mailbox, 0..3);
            let calls = [libc::SYS_msgsnd, libc::SYS_pwrite64];
            let Some(mut traced) = Traced::start(bridge("in", key, &broker), &calls) else { break };
            assert!((0..stops).all(|_| traced.step()));
            drop(traced);
            let running = ready_bridge(key, &broker);
            until("the stream to be empty", || mailbox.len() == 0);
            stop(running);
            let expected = match stops {
                // Sent, and not noted.
                4 | 5 => vec![0, 0, 1, 2],
                8 | 9 => vec![0, 1, 1, 2],
                _ => vec![0, 1, 2],
            };
            assert_eq!(numbers(drain(queue)), expected, "killed at stop {stops}");
        }
        room.remove(queue.id());
    });
}

#[test]
fn second_bridge_is_refused_and_one_elsewhere_ends_the_first_and_nothing_is_lost() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let first = ready_bridge(key, &broker);
        let mailbox = Mailbox::connect(&broker);
        publish(&mailbox, 0..100);
        assert_eq!(take(queue, 100), (0..100).collect::<Vec<_>>());
        let busy = Running::start(bridge("in", key, &broker)).finish();
        busy.code(1).stderr_has("another bridge is at work with the note");

        // On another machine it cannot know that.
        let mut command = bridge("in", key, &broker);
        command.arg("--note").arg(broker.folder().join("another"));
        let mut second = Running::start(command);
        second.wait_for_text("Bridge: from stream");
        first.finish().code(1).stderr_has("another bridge has begun to take messages");
        publish(&mailbox, 100..200);
        assert_eq!(take(queue, 100), (100..200).collect::<Vec<_>>());
        stop(second);
        room.remove(queue.id());
    });
}
