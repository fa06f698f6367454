//! What the tests of the exercises use. Nothing here has to be read to solve one.
//!
//! A test calls [`alone`]: it then has message queues of its own, some seconds, and must not leave
//! a queue behind. What the kernel really did with your call, the tests ask the kernel itself, with
//! [`receive`], [`send`] and [`Room::queues`](support::Room::queues), and not with code of yours.

mod again;
mod alarm;
mod alone;
mod at_most;
mod between;
mod bridge;
mod child;
mod clock;
mod contender;
pub mod edges;
pub mod errnos;
mod ftok;
mod mailbox;
mod message;
mod ordinary;
mod passing;
mod person;
mod prediction;
mod process_mutex;
mod queue;
mod replies;
pub mod servers;
mod shared;
mod sweeping;
mod with_queue;
mod worker;
mod yours;

pub use again::{
    HARMLESS, is_pending, program_is_sleeping, program_is_waiting, role, start_again, until_at_rest,
};
pub use alarm::{Alarm, ThreadAlarm};
pub use alone::{alone, failure, in_namespace};
pub use at_most::at_most;
pub use between::{Call, Moment, between_calls, failing, meanwhile};
pub use bridge::{Delivered, Delivery, Numbered, Outward, Relay, Target};
pub use child::{in_a_child, take_number};
pub use clock::{Clock, SystemClock};
pub use contender::{Contender, Sorting};
pub use ftok::with_ftok;
pub use mailbox::{Mailbox, Place};
pub use message::{RawMessage, TRAILING, receive, remove, send, send_raw};
pub use ordinary::as_ordinary_user;
pub use passing::{Passing, passing};
pub use person::{Person, as_person};
pub use prediction::check;
pub use process_mutex::{ProcessMutex, RobustMutex, shared_memory};
pub use queue::{clear, count, entry, fill, is_there, key, queue, set_capacity};
pub use replies::{Replies, Reply, send_reply};
pub use shared::{Foreign, Memory, SLOTS, Word, Words};
pub use support::{Entry, Room, until, while_asleep};
pub use sweeping::{Broom, Found, Sign};
pub use with_queue::{key_of_process, with_queue};
pub use worker::Worker;
pub use yours::yours;
