//! Who may talk: what the chapter says of owners, modes and limits, tried as several users.

mod door;
mod settings;

use ch02_create::{Mode, Queue};
use support::Room;

const OURS: Mode = Mode::S_IRUSR.union(Mode::S_IWUSR);
const EVERYBODYS: Mode =
    OURS.union(Mode::S_IRGRP).union(Mode::S_IWGRP).union(Mode::S_IROTH).union(Mode::S_IWOTH);
/// Users, and groups, whom no test machine needs to know.
const ANN: u32 = 61_001;
const BOB: u32 = 61_002;

/// A queue in this room.
fn new_queue(room: &Room, mode: Mode) -> Queue {
    let queue = Queue::private(mode).expect("a queue can be made");
    room.watch(queue.id());
    queue
}
