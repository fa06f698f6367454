//! A full queue, seen coming.

use ch02_create::Queue;
use ch06_cleanup::Status;

/// How much of a queue's capacity is taken, from 0 to 1.
///
/// The capacity counts twice: no more bytes than `msg_qbytes`, and no more messages. A queue of
/// empty messages is full with all its bytes free.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fullness {
    /// Of the bytes.
    pub bytes: f64,
    /// Of the number of messages.
    pub messages: f64,
}

impl Fullness {
    /// How full the queue is at this moment.
    ///
    /// # Errors
    ///
    /// As for [`Status::of`]; it takes the right to read.
    pub fn of(queue: Queue) -> nix::Result<Fullness> {
        Status::of(queue).map(|status| Fullness::from(&status))
    }

    /// The one that ends first.
    #[must_use]
    pub fn highest(self) -> f64 {
        self.bytes.max(self.messages)
    }
}

impl From<&Status> for Fullness {
    /// A queue whose capacity is 0 is full, even if it is empty; one whose capacity was lowered can
    /// be more than full.
    fn from(status: &Status) -> Fullness {
        let of_capacity = |taken: usize| match status.capacity {
            0 => 1.0,
            capacity => taken as f64 / capacity as f64,
        };
        Fullness { bytes: of_capacity(status.bytes), messages: of_capacity(status.messages) }
    }
}
