//! How the tests start the two programs.

use std::fmt::Display;
use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use support::{Finished, Running};
use sysv_mq::{Key, Mode, OwnedQueue, Queue};

/// What the server prints when it has made its queue.
pub(crate) const READY: &str = "Server: Message queue created. Waiting for messages...";

/// What the client prints when it has found the queue.
pub(crate) const CONNECTED: &str =
    "Client: Connected to message queue. Type your messages (type 'exit' to quit):";

/// What the server prints last.
pub(crate) const STOPPED: &str = "Server shutting down...";

/// All that a server prints that makes its queue, receives these messages and stops.
pub(crate) fn transcript<T: Display>(messages: impl IntoIterator<Item = T>) -> String {
    let messages = messages.into_iter();
    let received: String = messages.map(|text| format!("Server received: {text}\n")).collect();
    format!("{READY}\n{received}{STOPPED}\n")
}

/// The queue with this key, for a test that uses it by itself.
#[track_caller]
pub(crate) fn queue(key: i32) -> Queue {
    let key = Key::new(key).expect("the keys of a room are not 0");
    Queue::open(key).expect("there is a queue with this key")
}

/// `server --key KEY`, not started yet.
pub(crate) fn server(key: i32) -> Command {
    program(cargo_bin!("server"), key)
}

/// `client --key KEY`, not started yet.
pub(crate) fn client(key: i32) -> Command {
    program(cargo_bin!("client"), key)
}

fn program(path: &Path, key: i32) -> Command {
    let mut command = Command::new(path);
    command.arg("--key").arg(key.to_string());
    // Whatever the locale of the person who runs the tests.
    command.env("LC_ALL", "C.UTF-8");
    command
}

/// A server that has made its queue.
pub(crate) fn ready_server(key: i32) -> Running {
    let mut server = Running::start(server(key));
    server.wait_for_line(READY);
    server
}

/// A client that has been given all this to read, and has ended.
pub(crate) fn client_given(key: i32, input: impl AsRef<[u8]>) -> Finished {
    let mut client = Running::start(client(key));
    client.write(input);
    client.finish()
}

/// A new queue with this key that no server looks after. Dropping it removes it.
pub(crate) fn unattended_queue(key: i32) -> OwnedQueue {
    let key = Key::new(key).expect("the keys of a room are not 0");
    let queue = Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR);
    OwnedQueue::new(queue.expect("nobody else has the room's key"))
}
