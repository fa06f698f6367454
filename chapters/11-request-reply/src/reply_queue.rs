//! A queue of a caller's own, with a sign of life.

use std::iter;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;

use crate::sign::Sign;

/// How many keys to try. Each is in use once in 256 times at most.
const TRIES: usize = 16;

// ANCHOR: reply-queue
/// A queue with a random key, and the sign that its owner lives: whatever kills the process, the
/// kernel takes the sign down, and a sweep finds what is left.
#[derive(Debug)]
pub(crate) struct ReplyQueue {
    // Fields are dropped from first to last: the sign goes when there is no queue to stand for.
    queue: OwnedQueue,
    _sign: Sign,
}

impl ReplyQueue {
    /// Raises the sign, and makes the queue then: there is never a queue without a sign.
    pub(crate) fn new() -> nix::Result<ReplyQueue> {
        for key in iter::repeat_with(Key::random).take(TRIES) {
            let made = Sign::raise(key).and_then(|sign| {
                let queue = Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR)?;
                Ok(ReplyQueue { queue: OwnedQueue::new(queue), _sign: sign })
            });
            if !matches!(made, Err(Errno::EEXIST)) {
                return made;
            }
        }
        Err(Errno::EEXIST)
    }

    pub(crate) fn queue(&self) -> Queue {
        self.queue.queue()
    }
}
// ANCHOR_END: reply-queue
