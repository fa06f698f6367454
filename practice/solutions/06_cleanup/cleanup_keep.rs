use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch06_cleanup::remove;

/// A queue that is removed when this is dropped, if it is responsible.
struct Guard {
    queue: Queue,
    responsible: bool,
}

impl Guard {
    fn new(queue: Queue) -> Guard {
        let responsible = true;
        Guard { queue, responsible }
    }

    /// Gives the responsibility up: the queue stays.
    fn keep(mut self) -> Queue {
        self.responsible = false;
        self.queue
    }

    /// Removes the queue now, and says whether that worked. Drop cannot.
    fn remove(self) -> nix::Result<()> {
        remove(self.keep())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.responsible.then(|| remove(self.queue));
    }
}

/// Creates a mailbox of mode 600 with a greeting of type 1 in it, which stays when the program
/// ends. If the greeting cannot be sent now, there is no mailbox either, and the error is returned.
/// One that is there already is not ours: EEXIST.
fn found(key: Key, greeting: &[u8]) -> nix::Result<Queue> {
    let guard = Guard::new(Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR)?);
    Sender::new(guard.queue).try_send(MessageType::ONE, greeting)?;
    Ok(guard.keep())
}

fn main() {
    let founded = found(practice::key_of_process(), b"welcome");
    println!("removed: {:?}", founded.map(Guard::new).map(Guard::remove));
}

#[cfg(test)]
#[path = "../../checks/06_cleanup/cleanup_keep.rs"]
mod tests; // the functions marked #[test]
