use std::ffi::c_int;

use ch02_create::Queue;

/// What is written into the file, so that the other program finds this queue.
fn introduce(queue: Queue) -> String {
    queue.id().to_string()
}

/// The queue whose id the file contains. `None` if it holds nothing that can be an id.
fn meet(text: &str) -> Option<Queue> {
    let id: c_int = text.trim().parse().ok()?;
    (id >= 0).then(|| Queue::from_id(id))
}

fn main() {
    let text = introduce(Queue::from_id(0));
    println!("the file says {text:?}, and the other side reads {:?}", meet(&text));
}

#[cfg(test)]
#[path = "../../checks/02_create/create_hand_on.rs"]
mod tests; // the functions marked #[test]
