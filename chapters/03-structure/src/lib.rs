//! Step 3, structure: a message as the kernel reads it.
//!
//! What `msgsnd` and `msgrcv` move is a C `long`, the [`MessageType`], immediately followed by
//! bytes. The size that the calls take counts *the bytes only*. An [`Envelope`] is that
//! layout in memory, once and for all: it knows both numbers apart, so nobody who uses it can
//! mix them up.
//!
//! ```
//! use ch03_structure::{Envelope, MessageType};
//!
//! let mut envelope = Envelope::new();
//! envelope.fill(MessageType::ONE, b"hello\0");
//!
//! assert_eq!(envelope.bytes(), b"hello\0");
//! assert_eq!(envelope.len(), 6); // what is passed to the kernel: without the type
//! ```
//!
//! # Limits
//!
//! An envelope is memory; whether the kernel takes a message of that size is up to `msgmax`
//! (8,192 bytes unless the system says otherwise) and to the room in the queue.

mod document;
mod envelope;
mod parse;

use std::ffi::c_long;
use std::fmt;
use std::num::NonZero;

pub use document::DocumentMessage;
pub use envelope::Envelope;
pub use parse::ParseMessageTypeError;

// ANCHOR: message-type
/// The type of a message: a number of at least 1, by which receivers choose.
///
/// 0 and negative numbers cannot be sent: to `msgrcv` they mean "any" and "up to".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "mtype")]
pub struct MessageType(NonZero<c_long>);

impl MessageType {
    /// Type 1: what the programs of this book send.
    pub const ONE: MessageType = MessageType::new(1).unwrap();

    /// The type with this number, or `None` for 0 and below.
    #[must_use]
    pub const fn new(raw: c_long) -> Option<MessageType> {
        match NonZero::new(raw) {
            Some(number) if raw > 0 => Some(MessageType(number)),
            _ => None,
        }
    }

    /// The number, always 1 or more.
    #[must_use]
    pub const fn raw(self) -> c_long {
        self.0.get()
    }
}
// ANCHOR_END: message-type

impl fmt::Display for MessageType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
