//! What a producer does that is faster than its consumer.
//!
//! A queue absorbs a burst, and no more: when it is full, somebody has to wait or something has to
//! go. That is *back-pressure*, and a [`Policy`] says who bears it. Each of the five loses
//! something, and the only mistake is not to choose.

mod drop;
mod fullness;
mod spool;
mod stamp;
mod wait;

use ch03_structure::MessageType;
use ch04_send::Sender;

pub use drop::{DropNewest, DropOldest};
pub use fullness::Fullness;
pub use spool::Spool;
pub use stamp::{age_of_oldest, stamped, unstamped};
pub use wait::{SlowDown, Wait};

/// What is done with a message when the queue is full.
pub trait Policy {
    /// Sends the message, or does with it what this policy does.
    ///
    /// # Errors
    ///
    /// As for [`Sender::send`], and what each policy adds. The message was not sent then.
    fn send(
        &mut self,
        sender: &mut Sender,
        message_type: MessageType,
        bytes: &[u8],
    ) -> nix::Result<Fate>;

    /// Sends what was kept, from the oldest on, until the queue is full. Returns whether all is
    /// sent, as it always is where nothing is kept.
    ///
    /// # Errors
    ///
    /// As for [`Policy::send`]. What has not been sent is still kept.
    fn drain(&mut self, _sender: &mut Sender) -> nix::Result<bool> {
        Ok(true)
    }
}

/// What became of the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// This one is in the queue.
    Sent,
    /// This one is in the queue, and so many older ones are lost for it.
    SentFor(usize),
    /// This one is lost.
    Dropped,
    /// This one is on the disk, and will be sent later.
    Kept,
}
