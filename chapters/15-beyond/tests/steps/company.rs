//! The bridge is not alone: other queues at its stream, and other people at its queue.

use std::fs;
use std::process::Command;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use ch01_key_setup::Key;
use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{Status, set_capacity};
use nix::sys::signal::Signal;
use support::{Running, until};

use crate::inward::{ready_bridge, stop};
use crate::limits::killed_before_it_takes;
use crate::mailbox::Mailbox;
use crate::outward::{is_empty, ready, send};
use crate::{Broker, bridge, new_queue, next};

#[test]
fn two_queues_share_a_stream_and_each_keeps_its_order() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let sources = [(); 2].map(|()| new_queue(room));
        let (key, queue) = new_queue(room);
        let outs = sources.map(|(key, _)| ready(bridge("out", key, &broker)));
        let inward = ready_bridge(key, &broker);
        for number in 0..100 {
            for (name, (_, source)) in ["a", "b"].into_iter().zip(sources) {
                send(source, 1, format!("{name}{number}").as_bytes());
            }
        }
        let arrived: Vec<_> = (0..200).map(|_| next(queue).1).collect();
        for name in ["a", "b"] {
            let own = arrived.iter().filter(|text| text.starts_with(name.as_bytes()));
            let sent = (0..100).map(|number| format!("{name}{number}").into_bytes());
            assert!(own.cloned().eq(sent), "{name}: {arrived:?}");
        }
        outs.into_iter().for_each(stop);
        stop(inward);
        sources.into_iter().for_each(|(_, source)| room.remove(source.id()));
        room.remove(queue.id());
    });
}

/// Carries what there is, and says that it may come twice.
fn carried_with_a_word(out: Command, queue: Queue) {
    let running = ready(out);
    until("the queue to be empty", || is_empty(queue));
    running.signal(Signal::SIGTERM);
    let finished = running.finish();
    finished.success().stderr_has("messages in flight (1)").stderr_has("may come twice");
}

/// While the bridge is dead nobody can say what became of the message: it may come twice, and it is
/// not lost.
#[test]
fn queue_that_was_changed_while_the_bridge_was_dead_repeats_what_was_in_flight() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let out = || bridge("out", key, &broker);
        if killed_before_it_takes(out(), queue) {
            let mailbox = Mailbox::connect(&broker);
            // The kernel notes changes by the second.
            let changed = || Status::of(queue).expect("the queue is ours").last_changed;
            let before = changed();
            until("a change that is noted", || {
                set_capacity(queue, 5000).expect("the queue is ours");
                changed() != before
            });
            carried_with_a_word(out(), queue);
            assert_eq!(mailbox.messages(), vec![(1, b"hello".to_vec()); 2]);
        }
        room.remove(queue.id());
    });
}

#[test]
fn message_that_somebody_else_takes_from_a_dead_bridge_arrives_all_the_same() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        if killed_before_it_takes(bridge("out", key, &broker), queue) {
            let mailbox = Mailbox::connect(&broker);
            send(queue, 1, b"the next");
            let mut receiver = Receiver::new(queue);
            let taken = receiver.recv(Select::Any).expect("the queue is ours");
            assert_eq!(taken.bytes(), b"hello");
            carried_with_a_word(bridge("out", key, &broker), queue);
            let expected = [(1, b"hello".to_vec()), (1, b"the next".to_vec())];
            assert_eq!(mailbox.messages(), expected);
        }
        room.remove(queue.id());
    });
}

#[test]
fn usual_place_is_below_the_home_folder_or_has_to_be_named() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let (key, url) = (Key::new(key).expect("not 0").to_string(), broker.address());
        let command = |way: &str| {
            let mut command = Command::new(cargo_bin!("bridge"));
            command.args([way, "--key", &key, "--url", &url]).env_remove("XDG_STATE_HOME");
            command
        };
        for (way, option) in [("in", "--note"), ("out", "--journal")] {
            let mut homeless = command(way);
            homeless.env_remove("HOME");
            let refused = Running::start(homeless).finish();
            refused.code(1).stderr_has("neither HOME nor XDG_STATE_HOME").stderr_has(option);

            let mut usual = command(way);
            usual.env("HOME", broker.folder());
            let mut running = Running::start(usual);
            running.wait_for_text("Bridge: from");
            stop(running);
        }
        let place = broker.folder().join(".local/state/bridge");
        let mut names: Vec<_> = fs::read_dir(&place)
            .expect("it was made")
            .map(|entry| entry.expect("it is there").file_name().into_string().expect("in UTF-8"))
            .collect();
        names.sort();
        assert_eq!(names, [format!("{key}.lock"), "mailbox.note".to_owned()]);
        room.remove(queue.id());
    });
}

/// It is published again and again meanwhile, and its ID says that it is one message.
#[test]
fn message_on_its_way_while_the_broker_stands_still_arrives_once() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let [(here, from), (there, to)] = [(); 2].map(|()| new_queue(room));
        let mut out = ready(bridge("out", here, &broker));
        let inward = ready_bridge(there, &broker);
        send(from, 1, b"before");
        assert_eq!(next(to).1, b"before");
        send(from, 1, b"meanwhile");
        broker.freeze(Duration::from_secs(8));
        out.wait_for_stderr("the broker does not answer");
        assert_eq!(next(to).1, b"meanwhile");
        send(from, 1, b"after");
        assert_eq!(next(to).1, b"after");
        until("the queue to be empty", || is_empty(from));
        for bridge in [out, inward] {
            bridge.signal(Signal::SIGTERM);
            bridge.finish().success();
        }
        assert!(is_empty(to));
        room.remove(from.id());
        room.remove(to.id());
    });
}
