//! A caller's own queue, behind a trait, so that a test can choose what comes when.

use std::time::{Duration, Instant};

use ch02_create::Queue;

use crate::mailbox::Mailbox;
use crate::message::send;

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The number of the request that it answers.
    pub number: u64,
    /// The answer.
    pub text: Vec<u8>,
}

/// Where the replies to one caller come.
pub trait Replies {
    /// Takes the next reply out, whichever request it answers. Waits for one, that long at most;
    /// `None` if none came. With 0 it looks, and does not wait.
    fn next(&self, within: Duration) -> nix::Result<Option<Reply>>;
}

/// Puts a reply into a caller's queue: eight bytes for the number, then the text.
///
/// # Errors
///
/// Those of [`send`].
pub fn send_reply(queue: Queue, number: u64, text: &[u8]) -> nix::Result<()> {
    send(queue.id(), 1, &[&number.to_ne_bytes(), text].concat())
}

impl Replies for Queue {
    fn next(&self, within: Duration) -> nix::Result<Option<Reply>> {
        let begin = Instant::now();
        loop {
            let over = begin.elapsed() >= within;
            if let Some(bytes) = self.take()? {
                let (number, text) = bytes.split_first_chunk().ok_or(nix::errno::Errno::EBADMSG)?;
                let number = u64::from_ne_bytes(*number);
                return Ok(Some(Reply { number, text: text.to_vec() }));
            }
            if over {
                return Ok(None);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
