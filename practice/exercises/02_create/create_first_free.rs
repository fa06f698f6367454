// Use the types: a new queue, whatever others have made before you.
//
// A key agreed on by hand may be taken: 1234 is in a manual page. This program takes the next
// number then, and tells the other side which it was. What it must never do is to share somebody
// else's queue. What you need: nix::errno::Errno.

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};

/// Makes a new queue with the key `start`; if that is taken, with the next number, and so on.
///
/// Returns the queue and the key that it has now. An error that does not mean "taken" is returned.
fn first_free(start: Key, mode: Mode) -> nix::Result<(Key, Queue)> {
    // TODO: `create` opens what is there. Which method makes only new ones, and what does it say if
    // the key is taken?
    let queue = Queue::create(start, mode)?;
    Ok((start, queue))
}

fn main() -> nix::Result<()> {
    let start = practice::key_of_process();
    let (key, queue) = first_free(start, Mode::S_IRUSR | Mode::S_IWUSR)?;
    println!("from {start} on, the first free key is {key}");
    practice::remove(queue.id());
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/02_create/create_first_free.rs"]
mod tests; // the functions marked #[test]
