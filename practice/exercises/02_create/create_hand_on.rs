// Use the types: a private queue has no key, so its id is handed on in a file.
//
// The first program makes the queue and writes the file, the second reads it. Somebody may have
// looked into the file with an editor, which leaves a line break at the end.

use std::ffi::c_int;

use ch02_create::Queue;

/// What is written into the file, so that the other program finds this queue.
fn introduce(queue: Queue) -> String {
    queue.id().to_string()
}

/// The queue whose id the file contains. `None` if it holds nothing that can be an id.
fn meet(text: &str) -> Option<Queue> {
    // TODO: which numbers are ids? And what may else be in the file?
    let id: c_int = text.parse().ok()?;
    (id > 0).then(|| Queue::from_id(id))
}

fn main() {
    let text = introduce(Queue::from_id(0));
    println!("the file says {text:?}, and the other side reads {:?}", meet(&text));
}

#[cfg(test)]
#[path = "../../checks/02_create/create_hand_on.rs"]
mod tests; // the functions marked #[test]
