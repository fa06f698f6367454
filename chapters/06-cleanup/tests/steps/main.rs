//! Step 6: looking at a queue, closing it, removing it, and who may.

mod asking;
mod capacity;
mod close;
mod flood;
mod guard;
mod output;
mod processes;
mod program;
mod raw;
mod reading;
mod removal;
mod rights;
mod status;

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use support::Room;

const OURS: Mode = Mode::S_IRUSR.union(Mode::S_IWUSR);
const EVERYBODYS: Mode =
    OURS.union(Mode::S_IRGRP).union(Mode::S_IWGRP).union(Mode::S_IROTH).union(Mode::S_IWOTH);
const NOBODY: u32 = 65534;
const ONE: MessageType = MessageType::ONE;

/// A queue in this room.
fn new_queue(room: &Room, mode: Mode) -> Queue {
    let queue = Queue::private(mode).expect("a queue can be made");
    room.watch(queue.id());
    queue
}

/// A queue in this room, of mode 600, with these messages.
fn queue_with(room: &Room, texts: &[&str]) -> Queue {
    let queue = new_queue(room, OURS);
    let mut sender = Sender::new(queue);
    for text in texts {
        sender.try_send(ONE, text.as_bytes()).expect("there is room");
    }
    queue
}

/// Receives and forgets, for as long as it takes.
fn recv(queue: Queue) -> nix::Result<()> {
    Receiver::new(queue).recv(Select::Any).map(drop)
}

/// How often a thread of ours has gone to sleep.
fn wakings(thread: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/self/task/{thread}/status"));
    let status = status.expect("the thread is there");
    let mut lines = status.lines();
    let number = lines.find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    let number = number.expect("it has this line").trim();
    number.parse().expect("a number")
}
