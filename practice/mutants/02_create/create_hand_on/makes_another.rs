//! Mistake: makes a private queue on the other side as well
//! Message: you have another queue than the one in the file
//! Message: an editor leaves a line break
//! Message: left behind the message queue

use std::ffi::c_int;

use ch02_create::Queue;

/// What is written into the file, so that the other program finds this queue.
fn introduce(queue: Queue) -> String {
    queue.id().to_string()
}

/// The queue of which the file speaks. `None` if it holds nothing that can be an id.
fn meet(text: &str) -> Option<Queue> {
    let id: c_int = text.trim().parse().ok()?;
    let queue = Queue::private(ch02_create::Mode::S_IRWXU).ok()?;
    (id >= 0).then_some(queue)
}

fn main() {
    let text = introduce(Queue::from_id(0));
    println!(
        "the file says {text:?}, and the other side reads {:?}",
        meet(&text)
    );
}
