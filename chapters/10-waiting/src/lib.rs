//! Waiting with an end: timeouts, and a queue in a poll loop.
//!
//! No call on a message queue takes a timeout. [`RecvTimeout`] and [`SendTimeout`] give the
//! receiver and the sender of chapters 4 and 5 one, with an [`Alarm`] that interrupts their sleep
//! at the deadline.
//!
//! ```
//! use std::time::Duration;
//!
//! use ch02_create::{Mode, Queue};
//! use ch05_receive::{Receiver, Select};
//! use ch10_waiting::RecvTimeout;
//!
//! # fn example(room: &support::Room) -> nix::Result<()> {
//! let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?;
//! # room.watch(queue.id());
//! let mut receiver = Receiver::new(queue);
//! let message = receiver.recv_timeout(Select::Any, Duration::from_millis(20))?;
//! assert!(message.is_none()); // after 20 ms nobody had sent one
//! # room.remove(queue.id());
//! # Ok(())
//! # }
//! # support::alone(|room| example(room).unwrap());
//! ```
//!
//! # Limits
//!
//! Linux only. A timeout takes one real-time signal for this purpose in the whole program:
//! [`alarm_signal`] says which.

#![cfg(target_os = "linux")]

mod alarm;
mod doorbell;
mod explain;
mod inbox;
mod policy;
mod read_ahead;
mod sleeper;
mod timeout;

pub use alarm::{Alarm, alarm_signal, set_alarm_signal};
pub use explain::explain;
pub use inbox::Inbox;
pub use policy::{
    DropNewest, DropOldest, Fate, Fullness, Policy, SlowDown, Spool, Wait, age_of_oldest, stamped,
    unstamped,
};
pub use read_ahead::ReadAhead;
pub use timeout::{RecvTimeout, SendTimeout};
