//! The two policies that lose messages, and no time.

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::Status;
use nix::errno::Errno;

use crate::{Fate, Policy};

/// Drops the message that does not fit. Loses the newest: right where a late message is still
/// worth reading, as in a log.
#[derive(Clone, Copy, Debug)]
pub struct DropNewest;

impl Policy for DropNewest {
    fn send(
        &mut self,
        sender: &mut Sender,
        message_type: MessageType,
        bytes: &[u8],
    ) -> nix::Result<Fate> {
        match sender.try_send(message_type, bytes) {
            Err(Errno::EAGAIN) => Ok(Fate::Dropped),
            sent => sent.map(|()| Fate::Sent),
        }
    }
}

/// Takes messages out until the new one fits. Loses the oldest, whatever their type and whoever
/// sent them: right where only the latest counts, as with a measured value.
#[derive(Debug)]
pub struct DropOldest {
    receiver: Receiver,
}

impl DropOldest {
    /// For this queue, which the producer has to be allowed to *read*.
    #[must_use]
    pub fn new(queue: Queue) -> DropOldest {
        DropOldest { receiver: Receiver::new(queue) }
    }
}

// ANCHOR: drop-oldest
impl Policy for DropOldest {
    /// # Errors
    ///
    /// `EACCES`, too, if the queue's mode does not let the producer read. `EAGAIN`: dropping would
    /// not help: the message is longer than the queue's capacity, or that is 0, as in a queue that
    /// is being closed. Nothing has been dropped then, unless mode or capacity were changed, or the
    /// queue removed, during the call.
    fn send(
        &mut self,
        sender: &mut Sender,
        message_type: MessageType,
        bytes: &[u8],
    ) -> nix::Result<Fate> {
        let mut dropped = 0;
        loop {
            match sender.try_send(message_type, bytes) {
                Err(Errno::EAGAIN)
                    if bytes.len().max(1) <= Status::of(sender.queue())?.capacity => {}
                Ok(()) if dropped > 0 => return Ok(Fate::SentFor(dropped)),
                sent => return sent.map(|()| Fate::Sent),
            }
            // Between these two calls somebody else may take a message, or the room for ours.
            dropped += usize::from(self.receiver.try_recv(Select::Any)?.is_some());
        }
    }
}
// ANCHOR_END: drop-oldest
