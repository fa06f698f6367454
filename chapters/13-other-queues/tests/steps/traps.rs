//! The traps of each mechanism.

mod pipe;

pub(crate) use pipe::torn;
