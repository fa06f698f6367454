//! Which message is wanted.

use std::ffi::{c_int, c_long};

use ch03_structure::MessageType;

// ANCHOR: select
/// Which message to take: what msgrcv(2) calls `msgtyp`, and its flag `MSG_EXCEPT`.
///
/// Pairs that have no meaning, such as `MSG_EXCEPT` with a negative number (which the kernel takes
/// and silently ignores), cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[doc(alias = "msgtyp")]
pub enum Select {
    /// The oldest message.
    Any,
    /// The oldest message of this type.
    Exactly(MessageType),
    /// The oldest message of any other type (Linux).
    #[cfg(target_os = "linux")]
    #[doc(alias = "MSG_EXCEPT")]
    AllBut(MessageType),
    /// The oldest message of the lowest type that waits, if that is this type or a lower one.
    ///
    /// On FreeBSD the oldest message of all these types, whatever the manual there says. And a
    /// receiver that is asleep already takes the first that arrives, on Linux too: lowest first
    /// is an order among messages that wait.
    UpTo(MessageType),
}

impl Select {
    /// The number and the flag that msgrcv(2) takes.
    #[must_use]
    pub fn raw(self) -> (c_long, c_int) {
        match self {
            Select::Any => (0, 0),
            Select::Exactly(wanted) => (wanted.raw(), 0),
            #[cfg(target_os = "linux")]
            Select::AllBut(unwanted) => (unwanted.raw(), libc::MSG_EXCEPT),
            // No overflow: a type is at least 1, so its negative is at least `-c_long::MAX`.
            Select::UpTo(highest) => (-highest.raw(), 0),
        }
    }
}
// ANCHOR_END: select
