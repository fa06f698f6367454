//! Step 4, send: put a message into the queue.
//!
//! A [`Sender`] is a queue and an envelope that it fills again for each message. What goes to the
//! kernel is the type and the bytes that you pass, and nothing else.
//!
//! ```
//! use ch02_create::{Mode, Queue};
//! use ch03_structure::MessageType;
//! use ch04_send::Sender;
//!
//! # fn example(room: &support::Room) -> nix::Result<()> {
//! let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?;
//! # room.watch(queue.id());
//! let mut sender = Sender::new(queue);
//! sender.send(MessageType::ONE, b"hello\0")?;
//! # assert_eq!(room.queues()[0].qnum, 1);
//! # room.remove(queue.id());
//! # Ok(())
//! # }
//! # support::alone(|room| example(room).unwrap());
//! ```
//!
//! # Limits
//!
//! There is no timeout: System V has none. A `Sender` cannot tell whether anybody will ever
//! receive; that the call returned means that the kernel has the message.

mod explain;

use std::ffi::c_int;

use ch02_create::Queue;
use ch03_structure::{Envelope, MessageType};
use nix::errno::Errno;

pub use explain::explain;

// ANCHOR: sender
/// Puts messages into one queue. It has one envelope, so each thread has a sender of its own.
#[derive(Debug)]
pub struct Sender {
    queue: Queue,
    envelope: Envelope,
}

impl Sender {
    /// A sender for this queue. Nothing is asked of the kernel yet.
    #[must_use]
    pub fn new(queue: Queue) -> Sender {
        Sender { queue, envelope: Envelope::new() }
    }
    // ANCHOR_END: sender

    // ANCHOR: send
    /// Sends a message; waits for room if the queue is full.
    ///
    /// Full means that the bytes in the queue and these would be more than its capacity
    /// (`msg_qbytes`), or that the number of messages would be. No order holds among those who
    /// wait: a short message can overtake a long one.
    ///
    /// # Errors
    ///
    /// - `EINTR`: a signal handler ran while the call waited. Nothing was sent; the kernel never
    ///   restarts this call, whatever `SA_RESTART` says. Call again.
    /// - `EIDRM`: the queue was removed during the call. `EINVAL`: there is no queue with this id
    ///   (any more), or the message is longer than `msgmax`, 8,192 bytes by default.
    /// - `EACCES`: the queue's mode does not let you write.
    /// - `ENOMEM`: the kernel has no memory for the message.
    ///
    /// A message that is longer than the queue's capacity but not longer than `msgmax` waits for
    /// ever. See msgsnd(2).
    #[doc(alias = "msgsnd")]
    pub fn send(&mut self, message_type: MessageType, bytes: &[u8]) -> nix::Result<()> {
        self.msgsnd(message_type, bytes, 0)
    }

    /// Sends a message if there is room for it now.
    ///
    /// # Errors
    ///
    /// `EAGAIN`: the queue is full; nothing was sent. The others as for [`Sender::send`], but for
    /// `EINTR`, which only happens to those who wait. ("Full" is an error here and "empty" is
    /// `None` in chapter 5, so that a message that was not sent cannot be overlooked.)
    #[doc(alias = "IPC_NOWAIT")]
    pub fn try_send(&mut self, message_type: MessageType, bytes: &[u8]) -> nix::Result<()> {
        self.msgsnd(message_type, bytes, libc::IPC_NOWAIT)
    }
    // ANCHOR_END: send

    // ANCHOR: msgsnd
    /// The one place that calls msgsnd(2).
    fn msgsnd(&mut self, message_type: MessageType, bytes: &[u8], flags: c_int) -> nix::Result<()> {
        self.envelope.fill(message_type, bytes);
        let envelope = &self.envelope;
        // SAFETY: the kernel reads one `c_long` and then `len` bytes at the pointer, and writes
        // nothing. The envelope's words hold exactly that at least: `len <= capacity`, which is
        // 8 * (words - 1) on a 64-bit machine, so 8 + len <= 8 * words. All are initialised,
        // the pointer is aligned for `c_long`, and `envelope` is borrowed until the call returns.
        // The id is a number: one that names no queue gives EINVAL.
        let done =
            unsafe { libc::msgsnd(self.queue.id(), envelope.as_ptr(), envelope.len(), flags) };
        Errno::result(done).map(drop)
    }
    // ANCHOR_END: msgsnd

    /// The queue that this sender puts messages into.
    #[must_use]
    pub fn queue(&self) -> Queue {
        self.queue
    }
}
