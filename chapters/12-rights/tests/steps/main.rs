//! Who may talk: what the chapter says of owners, modes and limits, tried as several users.

mod changing;
mod creator;
mod door;
mod ends;
mod guests;
mod handshake;
mod limits;
mod list;
mod namespace;
mod output;
mod program;
mod rights;
mod serving;
mod settings;
mod sleepers;

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use support::Room;

const OURS: Mode = Mode::S_IRUSR.union(Mode::S_IWUSR);
const EVERYBODYS: Mode =
    OURS.union(Mode::S_IRGRP).union(Mode::S_IWGRP).union(Mode::S_IROTH).union(Mode::S_IWOTH);
const ONE: MessageType = MessageType::ONE;
/// Users, each with a group of the same number, whom no machine needs to know.
const ANN: u32 = 61_001;
const BOB: u32 = 61_002;
const CAT: u32 = 61_003;
/// A group.
const CREW: u32 = 61_010;

/// A queue in this room.
fn new_queue(room: &Room, mode: Mode) -> Queue {
    let queue = Queue::private(mode).expect("a queue can be made");
    room.watch(queue.id());
    queue
}
