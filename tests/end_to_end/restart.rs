//! The server ends without being asked, and starts again: what waits is delivered.

use std::net::Shutdown;
use std::os::unix::net::UnixStream;

use nix::errno::Errno;
use nix::sys::signal::Signal;
use support::{Running, asleep_in_msg_call, until};
use sysv_mq::{Key, Mode, Queue, Status, remove, set_capacity};

use crate::programs::{READY, STOPPED, client, ready_server, server, transcript};
use crate::stalled::{Stalled, suspend, writing_to};

#[test]
fn messages_sent_after_a_crash_are_delivered_by_the_next_server() {
    support::alone(|room| {
        let key = room.key();
        for messages in [&["one"][..], &["one", "two"], &[]] {
            let crashed = ready_server(key);
            crashed.signal(Signal::SIGKILL);
            crashed.finish().killed_by(Signal::SIGKILL);
            assert_eq!(room.queues().len(), 1, "the queue outlives its server");
            if !messages.is_empty() {
                send(key, messages);
            }
            let found = match messages.len() {
                1 => "found, with 1 message waiting".to_owned(),
                many => format!("found, with {many} messages waiting"),
            };
            delivers(key, &found, messages);
            assert_eq!(room.queues(), []);
        }
    });
}

#[test]
fn crash_during_the_shutdown_leaves_a_queue_that_the_next_server_opens_again() {
    support::alone(|room| {
        let key = room.key();
        let crashed = Stalled::start(key);
        send(key, &["one", "two"]);
        crashed.begin_to_stop(Signal::SIGTERM);
        crashed.server.signal(Signal::SIGKILL);
        let queue = crashed.queue;
        crashed.read().killed_by(Signal::SIGKILL);
        let left = Status::of(queue).expect("the queue is still there");
        assert_eq!((left.capacity, left.messages), (0, 2));

        delivers(key, "found, with 2 messages waiting", &["one", "two"]);
    });
}

#[test]
fn empty_queue_with_its_door_shut_gives_way_to_a_new_one() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("the keys of a room are not 0");
        let old = Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR).expect("a new key");
        set_capacity(old, 0).expect("our own queue");
        let mut server = Running::start(server(key.raw()));
        server.wait_for_line(READY);
        // As a server does that was suspended just before it removed what it had found empty.
        assert_eq!(remove(old), Err(Errno::EINVAL));
        let new = Queue::open(key).expect("the server has made it");
        let status = Status::of(new).expect("the queue is there");
        assert_eq!(status.capacity as u64, room.limit("msgmnb"));
        send(key.raw(), &["safe", "exit"]);
        let lines = transcript(["safe", "exit"]);
        server.finish().success().stdout_is(lines);
    });
}

#[test]
fn reader_that_goes_away_ends_the_server_and_the_rest_stays() {
    support::alone(|room| {
        let key = room.key();
        let (reader, writer) = UnixStream::pair().expect("sockets can be made");
        let server = Running::start(writing_to(server(key), writer));
        until("the server to sleep", || asleep_in_msg_call(server.id()));
        suspend(&server);
        reader.shutdown(Shutdown::Both).expect("a socket");
        // The first is handed to the sleeping server, and can only be shown on standard error. The
        // others are not even taken.
        send(key, &["taken", "one", "two"]);
        server.signal(Signal::SIGCONT);
        server.finish().code(1).stderr_is(format!(
            "server: 1 line could not be written to standard output:\n\
             Server received: taken\n\
             server: stopped; the message queue with key {} stays, with 2 messages for the next server: \
             cannot write to standard output: the program that was reading it has ended (EPIPE)\n",
            Key::new(key).expect("the keys of a room are not 0")
        ));
        delivers(key, "found, with 2 messages waiting", &["one", "two"]);
    });
}

/// A client sends these as its arguments.
fn send(key: i32, messages: &[&str]) {
    let mut client = client(key);
    client.args(messages);
    Running::start(client).finish().success();
}

/// The next server finds the queue, prints what waits, and then serves as ever.
#[track_caller]
fn delivers(key: i32, found: &str, messages: &[&str]) {
    let mut server = Running::start(server(key));
    let first = format!("Server: Message queue {found}. Waiting for messages...");
    server.wait_for_line(&first);
    send(key, &["as ever", "exit"]);
    let mut lines = vec![first];
    let all = messages.iter().chain(&["as ever", "exit"]);
    lines.extend(all.map(|text| format!("Server received: {text}")));
    lines.push(STOPPED.to_owned());
    let server = server.finish();
    server.success();
    assert_eq!(server.lines(), lines);
}
