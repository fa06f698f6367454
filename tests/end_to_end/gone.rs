//! One side is not there: no server yet, none any more, or a queue taken away from under both.

use nix::sys::signal::Signal;
use support::{Running, alone, asleep_in_msg_call, until};
use sysv_mq::set_capacity;

use crate::programs::{CONNECTED, client, client_given, ready_server, unattended_queue};

#[test]
fn without_a_server_the_client_asks_whether_one_is_running() {
    alone(|room| {
        let key = room.key();
        let client = Running::start(client(key)).finish();

        client.code(1).stdout_is("").stderr_has(format!(
            "client: there is no message queue with key 0x{key:08x} ({key}): is the server running?"
        ));
        client.stderr_has("(ENOENT)\n");
        assert!(room.queues().is_empty(), "a client makes no queue");
    });
}

#[test]
fn line_after_the_servers_end_is_not_delivered() {
    alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);
        let mut client = Running::start(client(key));
        client.write("one\ntwo\n");
        server.wait_for_line("Server received: two");

        server.signal(Signal::SIGTERM);
        server.finish().success();
        client.write_line("three");

        let client = client.finish();
        client.code(1).stdout_is(format!("{CONNECTED}\n"));
        client.stderr_is(
            "client: line 3 was not delivered: the queue has been removed, \
             so the server has stopped (EINVAL)\n",
        );
    });
}

#[test]
fn line_that_waits_for_room_when_the_queue_goes_is_not_delivered() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        set_capacity(queue.queue(), 8).expect("the queue is ours");
        let mut client = Running::start(client(key));
        client.write("one\ntwo\nthree\n");
        let id = client.id();
        until("the client to wait with line 3", || asleep_in_msg_call(id));

        queue.remove().expect("the queue is ours");

        let client = client.finish();
        client.code(1).stdout_is(format!("{CONNECTED}\n"));
        client.stderr_is(
            "client: line 3 was not delivered: the queue has been removed, \
             so the server has stopped (EIDRM)\n",
        );
    });
}

#[test]
fn argument_that_waits_for_room_when_the_queue_goes_is_not_delivered() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        set_capacity(queue.queue(), 4).expect("the queue is ours");
        let mut command = client(key);
        command.args(["one", "two"]);
        let client = Running::start(command);
        let id = client.id();
        until("the client to wait with \"two\"", || asleep_in_msg_call(id));

        queue.remove().expect("the queue is ours");

        let client = client.finish();
        client.code(1).stdout_is("");
        client.stderr_has("client: message 2 was not delivered: ");
    });
}

/// An id names one queue, not its key: the client must notice, and not guess.
#[test]
fn client_of_the_last_server_does_not_reach_the_next_one() {
    alone(|room| {
        let key = room.key();
        let first = ready_server(key);
        let mut client = Running::start(client(key));
        client.wait_for_line(CONNECTED);
        first.signal(Signal::SIGTERM);
        first.finish().success();

        let second = ready_server(key);
        client.write_line("for the first one");
        let client = client.finish();
        client.code(1).stderr_has("line 1 was not delivered: the queue has been removed");

        client_given(key, "exit\n").success();
        let second = second.finish();
        assert!(!second.success().stdout_text().contains("first"));
    });
}
