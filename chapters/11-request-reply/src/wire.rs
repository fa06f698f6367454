//! What requests and replies look like as bytes.
//!
//! Both sides are on one machine, so numbers are in its own byte order; a C program declares a
//! `struct` with these fields and needs no more.

use std::fmt;

use ch02_create::Queue;

// ANCHOR: request
/// A request, as it is in the server's queue: 24 bytes, then what is asked.
///
/// | bytes | field | meaning |
/// | --- | --- | --- |
/// | 0 to 3 | `char magic[4]` | `ASK1`: a request, version 1 |
/// | 4 to 7 | `int32_t reply_queue` | the ID of the queue that the reply goes to |
/// | 8 to 15 | `uint64_t number` | the caller's number for it, which the reply repeats |
/// | 16 to 23 | `uint64_t deadline` | when the caller stops waiting, in ns of `CLOCK_MONOTONIC` |
/// | from 24 | | the bytes of the request |
///
/// The type of the message does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'bytes> {
    /// The queue that the reply goes to.
    pub reply_queue: Queue,
    /// Which of the caller's requests this is. A repetition has the same number.
    pub number: u64,
    /// When the caller stops waiting, in nanoseconds of `CLOCK_MONOTONIC`; `u64::MAX` is never.
    pub deadline: u64,
    /// What is asked.
    pub bytes: &'bytes [u8],
}
// ANCHOR_END: request

const ASK: &[u8; 4] = b"ASK1";
const ANSWER: &[u8; 4] = b"ANS1";

impl<'bytes> Request<'bytes> {
    /// The request as a message's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let id = self.reply_queue.id().to_ne_bytes();
        let (number, deadline) = (self.number.to_ne_bytes(), self.deadline.to_ne_bytes());
        [ASK, &id[..], &number, &deadline, self.bytes].concat()
    }

    /// Reads a message's bytes.
    ///
    /// # Errors
    ///
    /// They are not a request.
    pub fn from_bytes(bytes: &'bytes [u8]) -> Result<Request<'bytes>, Malformed> {
        let (reply_queue, rest) = take(after_magic(bytes, ASK)?)?;
        let (number, rest) = take(rest)?;
        let (deadline, bytes) = take(rest)?;
        Ok(Request {
            reply_queue: Queue::from_id(i32::from_ne_bytes(reply_queue)),
            number: u64::from_ne_bytes(number),
            deadline: u64::from_ne_bytes(deadline),
            bytes,
        })
    }
}

/// A reply, as it is in the caller's queue: `ANS1`, four bytes that count for nothing, the
/// request's number (`uint64_t`), then the bytes of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply<'bytes> {
    /// The number of the request that this answers.
    pub number: u64,
    /// The answer.
    pub bytes: &'bytes [u8],
}

impl<'bytes> Reply<'bytes> {
    /// The reply as a message's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [ANSWER, &[0; 4][..], &self.number.to_ne_bytes(), self.bytes].concat()
    }

    /// Reads a message's bytes.
    ///
    /// # Errors
    ///
    /// They are not a reply.
    pub fn from_bytes(bytes: &'bytes [u8]) -> Result<Reply<'bytes>, Malformed> {
        let ([_, _, _, _], rest) = take(after_magic(bytes, ANSWER)?)?;
        let (number, bytes) = take(rest)?;
        Ok(Reply { number: u64::from_ne_bytes(number), bytes })
    }
}

/// What comes after the four letters.
fn after_magic<'bytes>(bytes: &'bytes [u8], magic: &[u8; 4]) -> Result<&'bytes [u8], Malformed> {
    let (first, rest) = take(bytes)?;
    if first == *magic { Ok(rest) } else { Err(Malformed::Magic) }
}

/// The first bytes, and the rest.
fn take<const N: usize>(bytes: &[u8]) -> Result<([u8; N], &[u8]), Malformed> {
    bytes.split_first_chunk().map(|(first, rest)| (*first, rest)).ok_or(Malformed::Short)
}

/// Why a message is not a request, or not a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Malformed {
    /// It has fewer bytes than those that come before the text.
    Short,
    /// It does not begin with the four letters.
    Magic,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Malformed::Short => "it is shorter than what comes before the text",
            Malformed::Magic => "it does not begin as those of this program and version do",
        })
    }
}

impl std::error::Error for Malformed {}
