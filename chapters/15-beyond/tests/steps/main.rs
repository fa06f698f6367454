//! Beyond one machine: what the bridge promises, with a real broker.

#![cfg(target_os = "linux")]

mod broker;
mod company;
mod containers;
mod dialogue;
mod inward;
mod inward_kills;
mod journal;
mod limits;
mod mailbox;
mod outward;
mod outward_ends;
mod outward_errors;
mod outward_ids;
mod outward_kills;
mod outward_stops;
mod proof;
mod window;

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch05_receive::{Message, Receiver, Select};
use support::Room;

use crate::broker::Broker;

/// A message as the tests compare it: type and bytes.
type Pair = (i64, Vec<u8>);

/// `bridge in` or `bridge out`, between the queue with this key and this broker's stream. What it
/// keeps for the next one is in the broker's folder.
fn bridge(way: &str, key: i32, broker: &Broker) -> Command {
    let mut command = Command::new(cargo_bin!("bridge"));
    command.args([way, "--key", &key.to_string(), "--url", &broker.address()]);
    match way {
        "in" => command.arg("--note").arg(broker.folder().join("note")),
        _ => command.arg("--journal").arg(broker.folder().join("journal")),
    };
    command
}

/// A queue of mode 600, and its key.
fn new_queue(room: &Room) -> (i32, Queue) {
    let key = room.key();
    let mode = Mode::S_IRUSR | Mode::S_IWUSR;
    let queue = Queue::create_new(Key::new(key).expect("not 0"), mode);
    (key, queue.expect("the key is unused"))
}

/// The next message; it may have to come yet.
fn next(queue: Queue) -> Pair {
    pair(Receiver::new(queue).recv(Select::Any).expect("the queue is ours"))
}

/// All that is there.
fn drain(queue: Queue) -> Vec<Pair> {
    let mut receiver = Receiver::new(queue);
    let mut all = vec![];
    while let Some(message) = receiver.try_recv(Select::Any).expect("the queue is ours") {
        all.push(pair(message));
    }
    all
}

fn pair(message: Message<'_>) -> Pair {
    (message.message_type().raw(), message.bytes().to_vec())
}
