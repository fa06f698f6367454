//! What the bridge does not promise, and what it says then.

use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use ch02_create::Queue;
use support::{Running, Traced, as_user, copy_for_others, until};

use crate::inward::{ready_bridge, stop};
use crate::mailbox::Mailbox;
use crate::outward::{is_empty, ready, send};
use crate::{Broker, bridge, new_queue, next};

/// Leaves one message that the stream has, and the queue still has, too: the bridge is killed in
/// between. False: no program can be traced here.
pub(crate) fn killed_before_it_takes(out: Command, queue: Queue) -> bool {
    send(queue, 1, b"hello");
    let Some(mut traced) = Traced::start(out, &[libc::SYS_msgrcv]) else { return false };
    // Before and after the look at the first message, and at the second, and before it is taken.
    assert!((0..5).all(|_| traced.step()));
    drop(traced);
    true
}

fn carried(out: Command, queue: Queue) {
    let running = ready(out);
    until("the queue to be empty", || is_empty(queue));
    stop(running);
}

#[test]
fn message_published_again_after_the_duplicate_window_comes_twice() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let out = || {
            let mut out = bridge("out", key, &broker);
            out.args(["--duplicate-window", "1"]);
            out
        };
        if killed_before_it_takes(out(), queue) {
            let mailbox = Mailbox::connect(&broker);
            assert_eq!(mailbox.len(), 1);
            let begin = Instant::now();
            until("the window to pass", || begin.elapsed() > Duration::from_secs(3));
            carried(out(), queue);
            assert_eq!(mailbox.len(), 2);
        }
        room.remove(queue.id());
    });
}

/// The broker knows an ID from the message that has it, and that one is gone.
#[test]
fn id_of_a_delivered_message_is_forgotten_by_a_broker_that_restarts() {
    let forgets = |restart: fn(&mut Broker)| {
        support::alone(|room| {
            let Some(mut broker) = Broker::start() else { return };
            let [(here, from), (there, to)] = [(); 2].map(|()| new_queue(room));
            if killed_before_it_takes(bridge("out", here, &broker), from) {
                let running = ready_bridge(there, &broker);
                assert_eq!(next(to).1, b"hello");
                stop(running);
                restart(&mut broker);
                broker.start_again();
                carried(bridge("out", here, &broker), from);
                assert_eq!(Mailbox::connect(&broker).last_number(), 2);
            }
            room.remove(from.id());
            room.remove(to.id());
        });
    };
    forgets(Broker::stop);
    forgets(Broker::kill);
}

/// A limit of file sizes, which is like a full disk and not everybody's.
pub(crate) fn without_space(command: &Command) -> Command {
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -f 0; exec \"$@\"", "sh"]);
    limited.arg(command.get_program()).args(command.get_args());
    limited
}

#[test]
fn full_disk_ends_the_bridge_and_the_message_stays_where_it_is() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        send(queue, 1, b"hello");
        let out = Running::start(without_space(&bridge("out", key, &broker))).finish();
        out.code(1).stderr_has("cannot use the journal").stderr_has("(EFBIG)");
        assert_eq!(next(queue).1, b"hello");

        let mailbox = Mailbox::connect(&broker);
        mailbox.publish(1, b"hello");
        let inward = Running::start(without_space(&bridge("in", key, &broker))).finish();
        inward.code(1).stderr_has("cannot write to the note").stderr_has("(EFBIG)");
        assert_eq!((mailbox.len(), is_empty(queue)), (1, true));
        room.remove(queue.id());
    });
}

#[test]
fn note_that_is_something_else_is_refused_and_left_alone() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let note = broker.folder().join("note");
        for text in ["a letter", "1 2", "1 2 x", "1 2 3 4"] {
            fs::write(&note, text).expect("the folder is ours");
            let refused = Running::start(bridge("in", key, &broker)).finish();
            refused.code(1).stderr_has("is not a note of the bridge's");
            assert_eq!(fs::read_to_string(&note).expect("it is ours"), text);
        }
        room.remove(queue.id());
    });
}

#[test]
fn stream_that_is_made_anew_is_not_mistaken_for_the_noted_one() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let mailbox = Mailbox::connect(&broker);
        for _ in 0..2 {
            let running = ready_bridge(key, &broker);
            for number in 0..10 {
                mailbox.publish(1, number.to_string().as_bytes());
                assert_eq!(next(queue).1, number.to_string().as_bytes());
            }
            stop(running);
            mailbox.delete();
        }
        room.remove(queue.id());
    });
}

#[test]
fn stream_that_is_removed_ends_the_bridge_out_of_it() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let running = ready_bridge(key, &broker);
        Mailbox::connect(&broker).delete();
        running.finish().code(1).stderr_has("cannot read from the stream, was it removed?");
        room.remove(queue.id());
    });
}

#[test]
fn queue_of_another_user_is_refused_with_eacces() {
    support::alone(|room| {
        let Some(broker) = Broker::start() else { return };
        let (key, queue) = new_queue(room);
        let (_folder, program) = copy_for_others(cargo_bin!("bridge"));
        for way in ["in", "out"] {
            let usual = bridge(way, key, &broker);
            let mut command = Command::new(&program);
            command.args(usual.get_args());
            if as_user(65534, &mut command) {
                Running::start(command).finish().code(1).stdout_is("").stderr_has("(EACCES)");
            }
        }
        room.remove(queue.id());
    });
}
