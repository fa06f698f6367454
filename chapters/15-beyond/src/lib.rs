//! Beyond one machine: what a bridge needs so that no message is in its hand alone.
//!
//! A bridge carries messages from a queue to a stream on another machine. It copies a message out,
//! publishes it under an ID, waits until the stream has it, and only then takes it out of the
//! queue. Whatever moment it is killed at, the message is in the queue or in the stream, or in both.
//!
//! * In both is the difficulty: the next bridge must neither publish it under another ID, or it
//!   arrives twice, nor believe that a message is an old one, or it never arrives. A [`Window`]
//!   holds the messages in flight, under the IDs that they keep; a [`Journal`] holds it on the disk.
//! * Whether a message was taken in the moment of the kill, only the kernel knows: it remembers
//!   who received last. So two processes [take turns](Takers), and [`Window::resume`] asks.
//!
//! The broker is not in this library: that is the program `bridge`.
//!
//! # Limits
//!
//! Linux only. The bridge has to be the queue's only reader. A process that is killed with
//! everything in it is what the journal is for; when the machine stops, the queue is gone with its
//! memory.

#![cfg(target_os = "linux")]

mod helper;
mod journal;
mod takers;
mod window;

pub use helper::help;
pub use journal::{Journal, JournalError};
pub use takers::Takers;
pub use window::{Origin, OwnedMessage, Resumed, Source, Window, new_epoch};
