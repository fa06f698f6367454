//! What the `main` of an exercise shows its function with.

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};

use crate::at_most::at_most;
use crate::message::send;

/// Hands a queue with these messages in it to `show`, and removes it. Whatever `show` does, it
/// ends: after two seconds the program does.
///
/// # Panics
///
/// When the system takes no more queues.
pub fn with_queue(texts: &[&str], show: impl FnOnce(Queue)) {
    let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue");
    at_most(2, queue.id());
    for text in texts {
        send(queue.id(), 1, text.as_bytes()).expect("room for it");
    }
    show(queue);
    // Gone already is as good.
    let _ = ch06_cleanup::remove(queue);
}

/// A key that no other program is likely to have.
pub fn key_of_process() -> Key {
    let number = i32::try_from(std::process::id()).expect("a number of the kernel's");
    Key::new(0x5300_0000 | number).expect("0x53 is not 0")
}
