//! A full queue: the client waits for room, and says so if that lasts.

use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use support::{Running, alone, asleep_in_msg_call, until};
use sysv_mq::{OwnedQueue, Receiver, Select, set_capacity};

use crate::programs::{client, unattended_queue};

#[test]
fn long_wait_is_reported_once_and_ends_with_free_space() {
    alone(|room| {
        let begin = Instant::now();
        let (queue, mut client) = client_that_waits_with_line_2(room.key());

        client.wait_for_stderr("client: the queue is full: line 2 waits");
        let waited = begin.elapsed();
        assert!(waited >= Duration::from_secs(1), "told after {waited:?}");
        // No event to wait for: what should happen in these seconds is nothing.
        thread::sleep(Duration::from_millis(2500));

        assert_eq!(take(&queue), "one");
        assert_eq!(take(&queue), "two");
        let client = client.finish();
        client
            .success()
            .stderr_is("client: the queue is full: line 2 waits until the server has made room\n");
    });
}

#[test]
fn each_line_that_waits_long_is_reported() {
    alone(|room| {
        let (queue, mut client) = client_that_waits_with_line_2(room.key());
        client.write_line("three");

        client.wait_for_stderr("line 2 waits until the server has made room\n");
        assert_eq!(take(&queue), "one");
        client.wait_for_stderr("line 3 waits until the server has made room\n");
        assert_eq!(take(&queue), "two");
        assert_eq!(take(&queue), "three");

        client.finish().success();
    });
}

#[test]
fn short_wait_is_not_mentioned() {
    alone(|room| {
        let (queue, client) = client_that_waits_with_line_2(room.key());

        assert_eq!(take(&queue), "one");
        assert_eq!(take(&queue), "two");

        client.finish().success().stderr_is("");
    });
}

#[test]
fn client_that_waits_can_be_interrupted() {
    alone(|room| {
        let (queue, client) = client_that_waits_with_line_2(room.key());

        client.signal(Signal::SIGINT);

        client.finish().killed_by(Signal::SIGINT);
        assert_eq!(take(&queue), "one");
        assert_eq!(room.queues()[0].qnum, 0, "line 2 was not sent");
    });
}

#[test]
fn line_that_will_never_fit_is_reported_as_such() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        set_capacity(queue.queue(), 3).expect("the queue is ours");
        let mut client = Running::start(client(key));
        client.write("hello\n");
        client.wait_for_stderr("line 1 does not fit: the queue holds 3 bytes in all");

        set_capacity(queue.queue(), 6).expect("the queue is ours");
        client.finish().success();
        assert_eq!(take(&queue), "hello");
    });
}

#[test]
fn line_for_a_queue_with_its_door_shut_is_reported_as_such() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        set_capacity(queue.queue(), 0).expect("the queue is ours");
        let mut client = Running::start(client(key));
        client.write("hello\n");
        client.wait_for_stderr("the queue is being shut down: line 1 waits");

        drop(queue);
        client.finish().code(1).stderr_has("line 1 was not delivered");
    });
}

/// A queue with room for one short message, which is in it, and a client asleep with the next.
fn client_that_waits_with_line_2(key: i32) -> (OwnedQueue, Running) {
    let queue = unattended_queue(key);
    set_capacity(queue.queue(), 6).expect("the queue is ours");
    let mut client = Running::start(client(key));
    client.write("one\ntwo\n");
    let id = client.id();
    until("the client to wait for room", || asleep_in_msg_call(id));
    (queue, client)
}

/// Takes the next message out, which may still have to come.
pub(crate) fn take(queue: &OwnedQueue) -> String {
    let mut receiver = Receiver::new(queue.queue());
    let message = receiver.recv(Select::Any).expect("the queue is ours");
    String::from_utf8_lossy(message.text()).into_owned()
}
