//! The bridge out of the queue, its helper and its broker, killed: each message arrives, and arrives
//! once.

use std::fs;
use std::time::Duration;

use ch02_create::Queue;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use support::{Running, Traced, until};

use crate::mailbox::Mailbox;
use crate::outward::{is_empty, ready, send, stop};
use crate::{Broker, Pair, bridge, new_queue};

/// Half of the lines are equal to the one before.
fn line(number: usize) -> String {
    if number % 4 < 2 { "equal".to_owned() } else { format!("line {number}") }
}

fn pairs(count: usize) -> impl Iterator<Item = Pair> {
    (0..count).map(|number| (1, line(number).into_bytes()))
}

fn start_sending(queue: Queue, count: usize) -> std::thread::JoinHandle<()> {
    support::spawn(move || {
        for number in 0..count {
            send(queue, 1, line(number).as_bytes());
        }
    })
}

fn killed_again_and_again(in_flight: &'static str, lines: usize) {
    support::alone_within(Duration::from_secs(120), |room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let command = || {
            let mut command = bridge("out", key, &broker);
            command.args(["--in-flight", in_flight]);
            command
        };
        let mut running = ready(command());
        let mailbox = Mailbox::connect(&broker);
        let sender = start_sending(queue, lines);
        for kill in 0..20 {
            let goal = mailbox.len() + 10 + kill * 7 % 40;
            until("the bridge to be at work", || mailbox.len() >= goal || is_empty(queue));
            running.signal(Signal::SIGKILL);
            running.finish().killed_by(Signal::SIGKILL);
            running = Running::start(command());
        }
        sender.join().expect("the queue is ours");
        until("the queue to be empty", || is_empty(queue));
        running.wait_for_text("Bridge: from queue");
        stop(running);
        let arrived = mailbox.messages();
        assert_eq!(arrived.len(), lines);
        assert!(arrived.into_iter().eq(pairs(lines)), "in their order");
        room.remove(queue.id());
    });
}

#[test]
fn each_message_arrives_once_in_order_through_20_sigkills_with_64_in_flight() {
    killed_again_and_again("64", 2000);
}

#[test]
fn each_message_arrives_once_in_order_through_20_sigkills_with_1_in_flight() {
    killed_again_and_again("1", 1000);
}

#[test]
fn bridge_killed_at_any_step_loses_and_repeats_nothing_of_equal_messages() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        stop(ready(bridge("out", key, &broker)));
        let mailbox = Mailbox::connect(&broker);
        // Copies and takes, the window and the notes, and the window's new name: before and after
        // each. The last message but one is taken by the helper.
        let calls = [libc::SYS_msgrcv, libc::SYS_pwrite64, libc::SYS_rename];
        for stops in 1..=22 {
            for _ in 0..3 {
                send(queue, 1, b"equal");
            }
            let Some(mut traced) = Traced::start(bridge("out", key, &broker), &calls) else {
                break;
            };
            assert!((0..stops).all(|_| traced.step()));
            drop(traced);
            let running = ready(bridge("out", key, &broker));
            until("the queue to be empty", || is_empty(queue));
            stop(running);
            let arrived = mailbox.take();
            assert_eq!(arrived, vec![(1, b"equal".to_vec()); 3], "killed at stop {stops}");
        }
        room.remove(queue.id());
    });
}

#[test]
fn broker_killed_5_times_loses_and_repeats_nothing() {
    const LINES: usize = 1500;
    support::alone(|room| {
        let Some(mut broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let running = ready(bridge("out", key, &broker));
        let mut mailbox = Mailbox::connect(&broker);
        let sender = start_sending(queue, LINES);
        for _ in 0..5 {
            let goal = mailbox.len() + 100;
            until("the bridge to be at work", || mailbox.len() >= goal || is_empty(queue));
            broker.kill();
            broker.start_again();
            mailbox = Mailbox::connect(&broker);
        }
        sender.join().expect("the queue is ours");
        until("the queue to be empty", || is_empty(queue));
        running.signal(Signal::SIGTERM);
        running.finish().success();
        let mut arrived = mailbox.messages();
        let in_order = arrived.iter().cloned().eq(pairs(LINES));
        eprintln!("in order: {in_order}");
        arrived.sort();
        let mut expected: Vec<Pair> = pairs(LINES).collect();
        expected.sort();
        assert_eq!(arrived.len(), expected.len());
        assert!(arrived == expected);
        room.remove(queue.id());
    });
}

#[test]
fn bridge_whose_helper_is_killed_ends_and_the_next_goes_on() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let running = ready(bridge("out", key, &broker));
        let mailbox = Mailbox::connect(&broker);
        let children = format!("/proc/{0}/task/{0}/children", running.id());
        let children = fs::read_to_string(children).expect("it runs");
        let helper = children.trim().parse().expect("it has one child");
        kill(Pid::from_raw(helper), Signal::SIGKILL).expect("it runs");
        for _ in 0..3 {
            send(queue, 1, b"equal");
        }
        // The one whose turn it is, and no other.
        let finished = running.finish();
        finished.code(1).stderr_has("the helper has ended");
        let running = ready(bridge("out", key, &broker));
        until("the queue to be empty", || is_empty(queue));
        stop(running);
        assert_eq!(mailbox.messages(), vec![(1, b"equal".to_vec()); 3]);
        room.remove(queue.id());
    });
}
