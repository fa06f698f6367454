//! Two servers and one queue, and a queue that is taken away.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use support::{Running, asleep_in_msg_call, until};
use sysv_mq::Key;

use crate::programs::{READY, STOPPED, client, queue, ready_server, server, transcript};
use crate::stalled::{Stalled, suspend};

#[test]
fn second_server_that_attaches_shares_the_messages() {
    support::alone(|room| {
        let key = room.key();
        let first = ready_server(key);
        until("the first to sleep", || asleep_in_msg_call(first.id()));
        let mut second = Running::start(existing(key, "attach"));
        second.wait_for_line(
            "Server: Message queue found, with 0 messages waiting. Waiting for messages...",
        );
        let started = Instant::now();
        until("the second to sleep", || asleep_in_msg_call(second.id()));
        // The kernel wakes whoever has slept longest: the first, the second, and so on in turn.
        for number in 0..10 {
            send(key, &number.to_string());
            let line = format!("Server received: {number}\n");
            until("one of them to print it and sleep again", || {
                [&first, &second].iter().any(|server| server.stdout_so_far().ends_with(&line))
                    && [&first, &second].iter().all(|server| asleep_in_msg_call(server.id()))
            });
        }
        // Younger, the second one would make a queue of its own.
        until("the second to be more than a second old", || {
            started.elapsed() > Duration::from_millis(1100)
        });
        first.signal(Signal::SIGTERM);
        let (first, second) = (first.finish(), second.finish());
        first.success();
        second.code(1).stderr_is(removed(key));
        let (first, second) = (first.lines(), second.lines());
        let even = [0, 2, 4, 6, 8].map(|number| format!("Server received: {number}"));
        let odd = [1, 3, 5, 7, 9].map(|number| format!("Server received: {number}"));
        assert_eq!(first[1..6], even);
        assert_eq!(second[1..], odd);
    });
}

#[test]
fn second_server_with_existing_fail_refuses() {
    support::alone(|room| {
        let key = room.key();
        let first = ready_server(key);
        let second = Running::start(existing(key, "fail")).finish();
        second.code(1).stdout_is("").stderr_is(format!(
            "server: a message queue with key {} exists already: another server may be using it; \
             stop that one, choose another --key, or take the queue over with \
             --existing attach (EEXIST)\n",
            Key::new(key).expect("the keys of a room are not 0")
        ));
        send(key, "exit");
        first.finish().success().stdout_is(transcript(["exit"]));

        // Where there is none, it starts like any other.
        let mut alone = Running::start(existing(key, "fail"));
        alone.wait_for_line(READY).signal(Signal::SIGTERM);
        alone.finish().success().stdout_is(transcript([""; 0]));
    });
}

#[test]
fn second_server_that_replaces_the_queue_takes_over() {
    support::alone(|room| {
        let key = room.key();
        let first = ready_server(key);
        until("the server to sleep", || asleep_in_msg_call(first.id()));
        let mut second = Running::start(existing(key, "replace"));
        second.wait_for_line(READY);
        first.finish().code(1).stderr_is(removed(key));
        send(key, "exit");
        second.finish().success().stdout_is(transcript(["exit"]));
    });
}

#[test]
fn server_started_while_another_shuts_down_waits_for_a_queue_of_its_own() {
    support::alone(|room| {
        let key = room.key();
        let first = Stalled::start(key);
        send(key, "one");
        send(key, "two");
        first.begin_to_stop(Signal::SIGTERM);
        let mut second = Running::start(server(key));
        second.wait_for_stderr("is being shut down");
        first.read().success().stdout_is(transcript(["one", "two"]));

        second.wait_for_line(READY);
        send(key, "exit");
        second.finish().success().stdout_is(transcript(["exit"]));
    });
}

#[test]
fn server_that_cannot_finish_its_shutdown_leaves_the_queue_to_the_next_one() {
    support::alone(|room| {
        let key = room.key();
        let first = Stalled::start(key);
        send(key, "one");
        first.begin_to_stop(Signal::SIGTERM);
        // Nothing moves for a second: as far as the second server can see, the first is dead.
        let mut second = Running::start(server(key));
        second.wait_for_line(
            "Server: Message queue found, with 1 message waiting. Waiting for messages...",
        );
        second.wait_for_line("Server received: one");

        let first = first.read();
        first.code(1).stderr_has("another server has taken it over (EBUSY)");
        send(key, "exit");
        second.finish().success().stdout_has(STOPPED);
    });
}

#[test]
fn queue_removed_under_the_server_ends_it_with_a_sentence() {
    support::alone(|room| {
        let key = room.key();
        let asleep = ready_server(key);
        until("the server to sleep", || asleep_in_msg_call(asleep.id()));
        room.remove(queue(key).id());
        let asleep = asleep.finish();
        asleep.code(1).stderr_is(removed(key));
        asleep.stdout_is(format!("{READY}\n"));

        // One that is not asleep at that moment learns of it at its next call.
        let awake = ready_server(key);
        suspend(&awake);
        room.remove(queue(key).id());
        awake.signal(Signal::SIGCONT);
        awake.finish().code(1).stderr_has("was removed by another program");
    });
}

fn existing(key: i32, what: &str) -> std::process::Command {
    let mut server = server(key);
    server.args(["--existing", what]);
    server
}

fn send(key: i32, message: &str) {
    let mut client = client(key);
    client.arg(message);
    Running::start(client).finish().success();
}

fn removed(key: i32) -> String {
    let key = Key::new(key).expect("the keys of a room are not 0");
    format!(
        "server: the message queue with key {key} was removed by another program, with whatever \
         was still in it: start the server again to make a new one (EIDRM)\n"
    )
}
