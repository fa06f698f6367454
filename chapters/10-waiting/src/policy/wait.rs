//! The two policies that lose no message, and cost time.

use std::thread;
use std::time::Duration;

use ch03_structure::MessageType;
use ch04_send::Sender;

use crate::{Fate, Fullness, Policy};

/// Waits for room. Loses no message, but time: as long as the consumer stands still, so does the
/// producer, and what it should attend to meanwhile is lost where it comes from.
///
/// With [`SendTimeout`](crate::SendTimeout) the wait has an end, and the producer the choice again.
#[derive(Clone, Copy, Debug)]
pub struct Wait;

impl Policy for Wait {
    fn send(
        &mut self,
        sender: &mut Sender,
        message_type: MessageType,
        bytes: &[u8],
    ) -> nix::Result<Fate> {
        sender.send(message_type, bytes).map(|()| Fate::Sent)
    }
}

/// Waits long before the queue is full, so that its source has to: a pipe that nobody reads from
/// fills up, and the program at its other end is the one that waits.
///
/// Loses no message if its source can wait; one that cannot, such as a sensor or a datagram socket,
/// loses them there. The room above the mark stays for messages of others that are more urgent.
/// Several producers that look at the same moment can pass the mark together, but none can pass the
/// capacity.
#[derive(Clone, Copy, Debug)]
pub struct SlowDown {
    /// How full the queue may be when a message is sent, from 0 to 1.
    pub mark: f64,
}

impl Policy for SlowDown {
    /// # Errors
    ///
    /// `EACCES`, too, if the queue's mode does not let the producer *read*: the status is behind
    /// that.
    fn send(
        &mut self,
        sender: &mut Sender,
        message_type: MessageType,
        bytes: &[u8],
    ) -> nix::Result<Fate> {
        let mut pause = Duration::from_micros(50);
        // Of the status nobody is notified, so it takes looking again.
        while Fullness::of(sender.queue())?.highest() > self.mark {
            thread::sleep(pause);
            pause = (2 * pause).min(Duration::from_millis(20));
        }
        Wait.send(sender, message_type, bytes)
    }
}
