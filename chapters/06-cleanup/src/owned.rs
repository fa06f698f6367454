//! The guard that removes a queue.

use ch02_create::Queue;

use crate::control::remove;
use crate::process::Process;

// ANCHOR: owned
/// A queue that this process is responsible for: dropping it removes the queue.
///
/// Only in the process that made the guard: a forked child, which gets a copy of the guard with
/// everything else, does not take the queue away from its parent by exiting.
#[derive(Debug)]
#[must_use = "dropping an OwnedQueue removes the queue"]
pub struct OwnedQueue {
    queue: Queue,
    /// The process that is responsible, or `None` if no one is any more.
    process: Option<Process>,
}

impl OwnedQueue {
    /// Makes this process responsible for the queue.
    pub fn new(queue: Queue) -> OwnedQueue {
        OwnedQueue { queue, process: Some(Process::current()) }
    }

    /// The queue, to be used while the guard lives.
    #[must_use]
    pub fn queue(&self) -> Queue {
        self.queue
    }

    /// Gives the responsibility up: the queue stays, for the next program to find.
    pub fn keep(mut self) -> Queue {
        self.process = None;
        self.queue
    }

    /// Removes the queue now, and says whether that worked. Drop cannot.
    ///
    /// # Errors
    ///
    /// As for [`remove`](crate::remove). The responsibility ends either way.
    pub fn remove(self) -> nix::Result<()> {
        remove(self.keep())
    }
}

impl Drop for OwnedQueue {
    fn drop(&mut self) {
        if self.process == Some(Process::current()) {
            // Nobody is left to be told of an error; the usual one is that it is gone already.
            let _ = remove(self.queue);
        }
    }
}
// ANCHOR_END: owned
