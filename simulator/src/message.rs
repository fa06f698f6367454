//! What is sent and received.

use alloc::vec::Vec;

/// A message: a type and some bytes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Message {
    /// Which one it is: calls to `msgsnd` count up from 1, and a message keeps its number. The
    /// kernel has no such thing; a picture needs it to follow a message about.
    pub serial: u64,
    /// The type, at least 1.
    pub mtype: i64,
    /// The bytes. What a call is told as the size counts these and not the type.
    pub text: Vec<u8>,
}
