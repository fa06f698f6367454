//! What the tests of the exercises use. Nothing here has to be read to solve one.
//!
//! A test calls [`alone`]: it then has message queues of its own, some seconds, and must not leave a
//! queue behind. What the kernel really did with your call, the tests ask the kernel itself, with
//! [`receive`], [`send`] and [`Room::queues`](support::Room::queues), and not with code of yours.

mod again;
mod message;
mod prediction;
mod quiet;
pub mod servers;
mod worker;

pub use again::{again, is_pending, program_naps, program_waits, told};
pub use message::{BEHIND, RawMessage, receive, remove, send, send_as_told};
pub use prediction::check;
pub use quiet::failure;
pub use support::{Entry, Room, until, while_asleep};
pub use worker::Worker;

use std::time::Duration;

/// Runs the body of a test alone: see [`support::alone_within`].
///
/// It may take 10 seconds, or as many as `PRACTICE_SECONDS` says. When they are over, the test
/// fails and says what it was waiting for.
///
/// # Panics
///
/// When the body does, when it is not done in time, and when it leaves a queue behind.
#[track_caller]
pub fn alone<F: FnOnce(&Room)>(body: F) {
    support::alone_within(limit(), body);
}

fn limit() -> Duration {
    let asked = std::env::var("PRACTICE_SECONDS").ok();
    Duration::from_secs(asked.and_then(|text| text.parse().ok()).unwrap_or(10))
}
