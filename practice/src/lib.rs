//! What the tests of the exercises use. Nothing here has to be read to solve one.
//!
//! A test calls [`alone`]: it then has message queues of its own, some seconds, and must not leave a
//! queue behind. What the kernel really did with your call, the tests ask the kernel itself, with
//! [`receive`], [`send`] and [`Room::queues`](support::Room::queues), and not with code of yours.

mod again;
mod alone;
mod at_most;
mod message;
mod prediction;
pub mod servers;
mod worker;

pub use again::{again, is_pending, program_naps, program_waits, told};
pub use alone::{alone, failure};
pub use at_most::at_most;
pub use message::{BEHIND, RawMessage, receive, remove, send, send_as_told};
pub use prediction::check;
pub use support::{Entry, Room, until, while_asleep};
pub use worker::Worker;
