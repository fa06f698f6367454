//! Step 5, receive: take a message out of the queue, and choose which.
//!
//! A [`Receiver`] is a queue and an envelope that each message is received into. [`Select`] says
//! which message is wanted, with the four meanings that the kernel packs into one number and a
//! flag.
//!
//! ```
//! use ch02_create::{Mode, Queue};
//! use ch03_structure::MessageType;
//! use ch04_send::Sender;
//! use ch05_receive::{Receiver, Select};
//!
//! # fn example(room: &support::Room) -> nix::Result<()> {
//! let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?;
//! # room.watch(queue.id());
//! Sender::new(queue).send(MessageType::ONE, b"hello\0")?;
//!
//! let mut receiver = Receiver::new(queue);
//! assert_eq!(receiver.recv(Select::Any)?.bytes(), b"hello\0");
//! assert!(receiver.try_recv(Select::Any)?.is_none()); // nothing more
//! # room.remove(queue.id());
//! # Ok(())
//! # }
//! # support::alone(|room| example(room).unwrap());
//! ```
//!
//! # Limits
//!
//! There is no timeout, and a queue is not a descriptor: neither poll nor epoll can wait for it. A
//! thread that sleeps in [`Receiver::recv`] is woken by a message, by a signal with a handler
//! (`EINTR`), or by the removal of the queue (`EIDRM`).

mod explain;
mod message;
mod select;

use std::ffi::{c_int, c_long};

use ch02_create::Queue;
use ch03_structure::Envelope;
use nix::errno::Errno;

pub use explain::explain;
pub use message::Message;
pub use select::Select;

// ANCHOR: receiver
/// Takes messages out of one queue.
#[derive(Debug)]
pub struct Receiver {
    queue: Queue,
    envelope: Envelope,
}

/// Room for the longest message that a system allows by default: `msgmax`.
const USUAL_MAXIMUM: usize = 8192;

impl Receiver {
    /// A receiver for this queue, with room for messages of 8,192 bytes. It grows when a longer
    /// one comes.
    #[must_use]
    pub fn new(queue: Queue) -> Receiver {
        Receiver { queue, envelope: Envelope::with_capacity(USUAL_MAXIMUM) }
    }
    // ANCHOR_END: receiver

    // ANCHOR: recv
    /// Takes one message out; waits until there is one that `select` wants.
    ///
    /// A message that is too long for the envelope stays in the queue while the envelope grows; it
    /// is never cut. The message that is returned lives in this receiver: the next call takes its
    /// place.
    ///
    /// # Errors
    ///
    /// - `EINTR`: a signal handler ran while the call waited. No message was taken; the kernel
    ///   never restarts this call, whatever `SA_RESTART` says. Call again.
    /// - `EIDRM`: the queue was removed during the call. `EINVAL`: there is no queue with this id
    ///   (any more).
    /// - `EACCES`: the queue's mode does not let you read, or stopped letting you while the call
    ///   waited.
    ///
    /// See msgrcv(2).
    #[doc(alias = "msgrcv")]
    pub fn recv(&mut self, select: Select) -> nix::Result<Message<'_>> {
        let (number, flags) = select.raw();
        self.msgrcv(number, flags)?;
        Ok(self.last())
    }

    /// Takes one message out if there is one now that `select` wants; `None` if there is not.
    ///
    /// # Errors
    ///
    /// As for [`Receiver::recv`], but for `EINTR`, which only happens to those who wait.
    #[doc(alias = "IPC_NOWAIT")]
    pub fn try_recv(&mut self, select: Select) -> nix::Result<Option<Message<'_>>> {
        let (number, flags) = select.raw();
        self.msgrcv_or_none(number, flags | libc::IPC_NOWAIT)
    }
    // ANCHOR_END: recv

    // ANCHOR: peek
    /// Copies the message at this place out, 0 being the oldest; `None` if there are not so many.
    ///
    /// The message stays in the queue, and the queue does not remember that it was looked at.
    ///
    /// # Errors
    ///
    /// `ENOSYS`: this kernel was built without `CONFIG_CHECKPOINT_RESTORE`. `EINVAL`: the queue is
    /// gone, or the message dates from a time when `msgmax` was larger and is longer than today's:
    /// it can be received, but not copied. `EACCES`: as for [`Receiver::recv`].
    #[cfg(target_os = "linux")]
    #[doc(alias = "MSG_COPY")]
    pub fn peek(&mut self, index: usize) -> nix::Result<Option<Message<'_>>> {
        match c_long::try_from(index) {
            Ok(index) => self.msgrcv_or_none(index, libc::MSG_COPY | libc::IPC_NOWAIT),
            Err(_) => Ok(None),
        }
    }
    // ANCHOR_END: peek

    fn msgrcv_or_none(&mut self, number: c_long, flags: c_int) -> nix::Result<Option<Message<'_>>> {
        match self.msgrcv(number, flags) {
            Ok(()) => Ok(Some(self.last())),
            Err(Errno::ENOMSG) => Ok(None),
            Err(errno) => Err(errno),
        }
    }

    // ANCHOR: msgrcv
    /// Calls msgrcv(2) until the envelope is large enough for the message that is due.
    fn msgrcv(&mut self, number: c_long, flags: c_int) -> nix::Result<()> {
        loop {
            match self.msgrcv_once(number, flags) {
                // Too long: the kernel has left the message where it was.
                Err(Errno::E2BIG) => self.envelope.reserve(2 * self.envelope.capacity()),
                Err(errno) => return Err(errno),
                Ok(len) => {
                    self.envelope.set_received(len);
                    return Ok(());
                }
            }
        }
    }

    /// The one place that calls msgrcv(2).
    fn msgrcv_once(&mut self, number: c_long, flags: c_int) -> nix::Result<usize> {
        let (capacity, message) = (self.envelope.capacity(), self.envelope.as_mut_ptr());
        // SAFETY: the kernel writes one `c_long` and at most `capacity` bytes at the pointer,
        // since MSG_NOERROR or not it never copies out more than it was told. With MSG_COPY it also
        // reads from there, no more than that. The envelope's words are that long exactly:
        // capacity = 8 * (words - 1) on a 64-bit machine, and 8 + capacity = 8 * words; all of them
        // are initialised. The pointer is aligned for `c_long`; `self` is borrowed mutably, so
        // nobody else looks at these words until the call returns; whatever bytes arrive, they are
        // valid `c_long`s. The id is a number: one that names no queue gives EINVAL.
        let len = unsafe { libc::msgrcv(self.queue.id(), message, capacity, number, flags) };
        Errno::result(len).map(|len| len as usize)
    }
    // ANCHOR_END: msgrcv

    /// The message that was received or looked at last: an empty one of type 1 before the first.
    ///
    /// For a caller that has to find out first whether a message came, and hands it on then.
    #[must_use]
    pub fn last(&self) -> Message<'_> {
        Message::from(&self.envelope)
    }

    /// The queue that this receiver takes messages out of.
    #[must_use]
    pub fn queue(&self) -> Queue {
        self.queue
    }
}
