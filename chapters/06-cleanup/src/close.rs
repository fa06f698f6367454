//! The two ways of closing a queue without losing a message.
//!
//! Linux only: FreeBSD's kernel refuses a capacity of 0, so its door cannot be shut.

use std::mem;
use std::thread;
use std::time::Duration;

use ch02_create::Queue;
use ch05_receive::{Message, Receiver, Select};
use nix::errno::Errno;

use crate::{OwnedQueue, Status, remove, set_capacity};

impl OwnedQueue {
    // ANCHOR: close
    /// Closes the queue without losing a message: shuts the door, empties the box, removes it.
    ///
    /// With a capacity of 0 the kernel accepts nothing more, so the messages that are in the queue
    /// then are the last ones. `each` gets them in order. Every `msgsnd` that reported success has
    /// been received when this returns; every other one gets `EAGAIN`, `EIDRM` or `EINVAL`.
    ///
    /// # Errors
    ///
    /// `EPERM`: this process may not change the queue. `EINVAL`, `EIDRM`: somebody else has removed
    /// it, with whatever was in it. `EACCES`: its mode does not let this process read.
    ///
    /// After an error, and after a panic in `each`, the queue stays, so that what is in it is not
    /// lost, and its door is opened again, as wide as it was. (Wider than `msgmnb` takes
    /// `CAP_SYS_RESOURCE`; without it such a door stays shut.)
    pub fn close(self, mut each: impl FnMut(Message<'_>)) -> nix::Result<()> {
        self.try_close(|message| {
            each(message);
            Ok(())
        })
    }

    /// As [`OwnedQueue::close`], with an `each` that can fail, which ends the closing.
    ///
    /// # Errors
    ///
    /// As for `close`, and what `each` returns. The message that it failed with has been taken;
    /// only `each` can see to it that it is not lost.
    pub fn try_close<E: From<Errno>>(
        self,
        mut each: impl FnMut(Message<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let door = ShutDoor::of(self.keep())?;
        let mut receiver = Receiver::new(door.queue);
        while let Some(message) = receiver.try_recv(Select::Any)? {
            each(message)?;
        }
        Ok(door.remove()?)
    }
    // ANCHOR_END: close

    // ANCHOR: close-once-empty
    /// Closes the queue when others have emptied it: shuts the door, waits until the last message
    /// has been taken, removes it.
    ///
    /// For a program whose receiving thread may be asleep in `msgrcv`: a second thread calls this,
    /// the first goes on receiving, and the removal wakes it with `EIDRM`. Nothing can be lost, as
    /// in [`OwnedQueue::close`]: what is removed is empty. It waits as long as the receivers take.
    ///
    /// # Errors
    ///
    /// As for [`OwnedQueue::close`], and `EBUSY`: somebody has opened the door again, so the queue
    /// is theirs now. After an error the queue stays.
    pub fn close_once_empty(self) -> nix::Result<()> {
        let mut pause = Duration::from_millis(1);
        self.close_once_empty_unless(|_| {
            thread::sleep(pause);
            pause = (2 * pause).min(Duration::from_millis(100));
            false
        })
        .map(drop)
    }

    /// The same, for a caller that has more to do between two looks at the queue: `give_up` gets
    /// what was seen, waits for a while, and says whether the queue is to stay as it is, its door
    /// shut. Returns whether the queue has been removed.
    ///
    /// # Errors
    ///
    /// As for [`OwnedQueue::close_once_empty`].
    pub fn close_once_empty_unless(
        self,
        mut give_up: impl FnMut(&Status) -> bool,
    ) -> nix::Result<bool> {
        let queue = self.keep();
        set_capacity(queue, 0)?;
        let mut empty = false;
        loop {
            let status = Status::whatever_the_mode(queue)?;
            if status.capacity > 0 {
                return Err(Errno::EBUSY);
            }
            // Twice, with a pause between: whoever has looked before the last message was taken,
            // and opens the door because nothing moves, has done so by now.
            if empty && status.messages == 0 {
                return remove(queue).map(|()| true);
            }
            empty = status.messages == 0;
            if give_up(&status) {
                return Ok(false);
            }
        }
    }
    // ANCHOR_END: close-once-empty
}

/// A queue that accepts nothing. Unless it is removed, dropping this opens it again.
struct ShutDoor {
    queue: Queue,
    /// The capacity before.
    capacity: usize,
}

impl ShutDoor {
    fn of(queue: Queue) -> nix::Result<ShutDoor> {
        let capacity = Status::whatever_the_mode(queue)?.capacity;
        set_capacity(queue, 0)?;
        Ok(ShutDoor { queue, capacity })
    }

    fn remove(self) -> nix::Result<()> {
        let removed = remove(self.queue);
        if removed.is_ok() {
            mem::forget(self);
        }
        removed
    }
}

impl Drop for ShutDoor {
    fn drop(&mut self) {
        // An error is on its way already; the usual one here is that the queue is gone.
        let _ = set_capacity(self.queue, self.capacity);
    }
}
