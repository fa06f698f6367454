//! A queue of a caller's own, with a sign of life.

use std::iter;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;

use crate::sign::Sign;

/// How many keys to try. Each is in use once in 256 times at most.
const TRIES: usize = 16;

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
        ReplyQueue::with_first_unused(iter::repeat_with(Key::random).take(TRIES))
    }

    fn with_first_unused(keys: impl IntoIterator<Item = Key>) -> nix::Result<ReplyQueue> {
        for key in keys {
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

#[cfg(test)]
mod tests {
    use super::ReplyQueue;
    use crate::sign::Sign;
    use ch01_key_setup::Key;
    use ch02_create::{Mode, Queue};
    use ch06_cleanup::Status;
    use nix::errno::Errno;

    #[test]
    fn key_of_a_queue_or_of_a_set_is_passed_over() {
        support::alone(|room| {
            let [queues, sets, unused] = [(); 3].map(|()| Key::new(room.key()).expect("not 0"));
            let queue = Queue::create_new(queues, Mode::S_IRWXU).expect("the key is unused");
            let sign = Sign::raise(sets).expect("the key is unused");
            for _ in 0..2 {
                let made = ReplyQueue::with_first_unused([queues, sets, unused]);
                let made = made.expect("the third key is unused");
                assert_eq!(Status::of(made.queue()).map(|status| status.key), Ok(Some(unused)));
            }
            let none = ReplyQueue::with_first_unused([queues, sets]).map(drop);
            assert_eq!(none, Err(Errno::EEXIST));
            let again = Sign::raise(queues).map(drop);
            assert_eq!(again, Ok(()), "no sign is left with the key of the queue");
            drop(sign);
            room.remove(queue.id());
        });
    }
}
