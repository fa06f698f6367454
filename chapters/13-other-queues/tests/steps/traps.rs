//! The traps of each mechanism.

mod datagram;
mod ends;
mod pipe;
mod posix;
mod seqpacket;

pub(crate) use pipe::torn;
