//! The guard that removes a queue, and the two ways of closing one without losing a message.

use std::process;
use std::thread;
use std::time::Duration;

use ch02_create::Queue;
use ch05_receive::{Message, Receiver, Select};

use crate::control::{remove, set_capacity};
use crate::status::Status;

// ANCHOR: owned
/// A queue that this process is responsible for: dropping it removes the queue.
///
/// Only in the process that made the guard: a forked child, which gets a copy of the guard with
/// everything else, does not take the queue away from its parent by exiting.
#[derive(Debug)]
#[must_use = "dropping an OwnedQueue removes the queue"]
pub struct OwnedQueue {
    queue: Queue,
    /// The process that is responsible.
    process: u32,
}

impl OwnedQueue {
    /// Makes this process responsible for the queue.
    pub fn new(queue: Queue) -> OwnedQueue {
        OwnedQueue {
            queue,
            process: process::id(),
        }
    }

    /// The queue, to be used while the guard lives.
    #[must_use]
    pub fn queue(&self) -> Queue {
        self.queue
    }

    /// Gives the responsibility up: the queue stays, for the next program to find.
    pub fn keep(mut self) -> Queue {
        self.process = NOBODY;
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

/// No process has this id: it is the kernel's idle task.
const NOBODY: u32 = 0;

impl Drop for OwnedQueue {
    fn drop(&mut self) {
        if self.process == process::id() {
            // Nobody is left to be told of an error; the usual one is that it is gone already.
            let _ = remove(self.queue);
        }
    }
}
// ANCHOR_END: owned

impl OwnedQueue {
    // ANCHOR: close
    /// Closes the queue without losing a message: shuts the door, empties the box, removes it.
    ///
    /// With a capacity of 0 the kernel accepts nothing more, so the messages that are in the queue
    /// then are the last ones. `each` gets them in order. Every `msgsnd` that reported success has been
    /// received when this returns; every other one gets `EIDRM` or `EINVAL`.
    ///
    /// # Errors
    ///
    /// `EPERM`: this process may not change the queue. `EINVAL`, `EIDRM`: somebody else has removed
    /// it, with whatever was in it. After an error the queue stays, so that what is in it is not lost.
    pub fn close(
        self,
        receiver: &mut Receiver,
        mut each: impl FnMut(Message<'_>),
    ) -> nix::Result<()> {
        let queue = self.keep();
        set_capacity(queue, 0)?;
        while let Some(message) = receiver.try_recv(Select::Any)? {
            each(message);
        }
        remove(queue)
    }
    // ANCHOR_END: close

    // ANCHOR: close-once-empty
    /// Closes the queue when others have emptied it: shuts the door, waits until the last message has
    /// been taken, removes it.
    ///
    /// For a program whose receiving thread may be asleep in `msgrcv`: a second thread calls
    /// this, the first goes on receiving, and the removal wakes it with `EIDRM`. Nothing can be lost,
    /// as in [`OwnedQueue::close`]: what is removed is empty. It waits as long as the receivers take.
    ///
    /// # Errors
    ///
    /// As for [`OwnedQueue::close`], and `EACCES`: the mode does not let this process look at the
    /// queue. After an error the queue stays, so that what is in it is not lost.
    pub fn close_once_empty(self) -> nix::Result<()> {
        let queue = self.keep();
        set_capacity(queue, 0)?;
        while Status::of(queue)?.messages > 0 {
            thread::sleep(LOOK_AGAIN);
        }
        remove(queue)
    }
    // ANCHOR_END: close-once-empty
}

/// The kernel tells nobody that a queue became empty; one has to look.
const LOOK_AGAIN: Duration = Duration::from_millis(1);
