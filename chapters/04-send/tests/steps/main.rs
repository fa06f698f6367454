//! Step 4: what can be sent, and what happens when it cannot.

mod blocked;
mod full;
mod order;
mod output;
mod program;
mod raw;
mod refused;
mod sending;

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use support::Room;

const OURS: Mode = Mode::S_IRUSR.union(Mode::S_IWUSR);
const NOBODY: u32 = 65534;
const ONE: MessageType = MessageType::ONE;

/// A queue in this room, of mode 600.
fn new_queue(room: &Room) -> Queue {
    let queue = Queue::private(OURS).expect("a queue can be made");
    room.watch(queue.id());
    queue
}
