//! Waiting with an end: timeouts, a queue beside a socket, and a queue that is full.
//!
//! * No call on a message queue takes a timeout. [`RecvTimeout`] and [`SendTimeout`] give the
//!   receiver and the sender of chapters 4 and 5 one: an [`Alarm`] interrupts their sleep.
//! * A queue is not a descriptor, so `poll` cannot wait for it. An [`Inbox`] has a descriptor, and
//!   takes nothing out before it is asked to; [`ReadAhead`] is the usual design, for comparison.
//! * A producer can be faster than its consumer. A [`Policy`] decides who bears that: five of them
//!   wait, drop or keep, and [`Fullness`] and [`age_of_oldest`] see it coming.
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
//! Linux only. Timeouts and inboxes need one signal for themselves in the whole program:
//! [`alarm_signal`] says which, and two versions of this crate in one program need two. A program
//! that takes the signal away while somebody sleeps makes that sleep endless, or ends the program.
//! The kernel gives no promise about time: a timeout never ends early, and how late it ends depends
//! on what else the machine has to do.

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
