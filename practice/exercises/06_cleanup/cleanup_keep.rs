// Use the types: a guard that can be let go of.
//
// A guard is right while something can still go wrong. A mailbox that is to outlive the program needs one until it is
// complete, and none from then on. Write the two ways out of a guard, and use one of them in `found`.

use std::ptr;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;

/// A queue that is removed when this is dropped.
struct Guard {
    queue: Queue,
    /// Whether dropping this removes the queue.
    responsible: bool,
}

impl Guard {
    /// Takes the responsibility for the queue.
    fn new(queue: Queue) -> Guard {
        Guard {
            queue,
            responsible: true,
        }
    }

    /// Gives the responsibility up: the queue stays.
    fn keep(self) -> Queue {
        // TODO: at the end of this method self is dropped.
        self.queue
    }

    /// Removes the queue now, and says whether that worked. Drop cannot.
    fn remove(self) -> nix::Result<()> {
        // TODO: who says whether that worked?
        drop(self);
        Ok(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.responsible {
            // Gone already is as good, and drop cannot return an error.
            let _ = remove(self.queue);
        }
    }
}

/// Removes the queue, at once and with all that is in it.
fn remove(queue: Queue) -> nix::Result<()> {
    // SAFETY: IPC_RMID takes no third argument: the kernel does not look at the null pointer. The id is a number.
    let result = unsafe { libc::msgctl(queue.id(), libc::IPC_RMID, ptr::null_mut()) };
    Errno::result(result).map(drop)
}

/// Founds a mailbox with a greeting in it, which stays when the program ends.
///
/// Whoever finds the mailbox finds the greeting. If it cannot be sent, there is no mailbox either. One that is there
/// already is not ours: the answer is then EEXIST, and it is left alone.
fn found(key: Key, greeting: &[u8]) -> nix::Result<Queue> {
    let mode = Mode::S_IRUSR | Mode::S_IWUSR;
    // TODO: what if the greeting cannot be sent?
    let queue = Guard::new(Queue::create_new(key, mode)?).keep();
    Sender::new(queue).try_send(MessageType::ONE, greeting)?;
    Ok(queue)
}

fn main() {
    let number = 0x5300_0000 | std::process::id() as i32;
    let Some(key) = Key::new(number) else { return };
    match found(key, b"welcome") {
        Ok(queue) => println!(
            "founded: {}; removed: {:?}",
            queue.id(),
            Guard::new(queue).remove()
        ),
        Err(errno) => println!("no mailbox: {errno}"),
    }
}

#[cfg(test)]
#[path = "../../checks/06_cleanup/cleanup_keep.rs"]
mod tests; // the functions marked #[test]
