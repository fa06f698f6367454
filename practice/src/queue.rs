//! The queues of a test, and what the kernel lists of them.

use std::ffi::c_int;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use support::{Entry, Room};

use crate::message::send;

/// A key that is nobody else's.
pub fn key(room: &Room) -> Key {
    Key::new(room.key()).expect("a room's key is not 0")
}

/// A queue without a key, which its owner may read and write.
#[track_caller]
pub fn queue(room: &Room) -> Queue {
    let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue");
    room.watch(queue.id());
    queue
}

/// Fills the queue to the last byte, with two messages.
///
/// # Panics
///
/// When there is not that much room in it.
#[track_caller]
pub fn fill(queue: Queue) {
    for _ in 0..2 {
        send(queue.id(), 9, &[b'x'; 8192]).expect("room for two of them");
    }
}

/// Gives the queue another capacity, in bytes.
///
/// # Panics
///
/// When it is not ours.
#[track_caller]
pub fn set_capacity(queue: Queue, bytes: usize) {
    ch06_cleanup::set_capacity(queue, bytes).expect("our queue");
}

/// What the kernel lists of the queue; `None` if it is gone.
pub fn entry(room: &Room, id: c_int) -> Option<Entry> {
    let mut queues = room.queues().into_iter();
    queues.find(|entry| entry.msqid == id)
}

/// Whether the kernel lists the queue.
pub fn is_there(room: &Room, id: c_int) -> bool {
    entry(room, id).is_some()
}

/// How many messages the kernel lists in the queue; `None` if it is gone.
pub fn count(room: &Room, id: c_int) -> Option<u64> {
    entry(room, id).map(|entry| entry.qnum)
}

/// Removes all queues that the test has left.
pub fn clear(room: &Room) {
    for queue in room.queues() {
        room.remove(queue.msqid);
    }
}
