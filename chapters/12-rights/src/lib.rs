//! Who may talk: whose a queue is, who may use it and how much it holds, and the list of all
//! queues.
//!
//! ```
//! use ch02_create::{Mode, Queue};
//! use ch06_cleanup::{OwnedQueue, Status};
//! use ch12_rights::Settings;
//!
//! # fn example() -> nix::Result<()> {
//! let queue = OwnedQueue::new(Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?);
//!
//! // The group may send to it from now on. Owner and capacity stay as they are.
//! let mode = Mode::S_IRUSR | Mode::S_IWUSR | Mode::S_IWGRP;
//! Settings::new().mode(mode).apply(queue.queue())?;
//!
//! assert_eq!(Status::of(queue.queue())?.mode, mode);
//! # Ok(())
//! # }
//! # support::alone(|_| example().unwrap());
//! ```
//!
//! # Limits
//!
//! FreeBSD has [`Settings`]. The others ask Linux's kernel for what only that one tells.

#[cfg(target_os = "linux")]
mod creator;
mod explain;
#[cfg(target_os = "linux")]
mod handshake;
#[cfg(target_os = "linux")]
mod known;
#[cfg(target_os = "linux")]
mod limits;
#[cfg(target_os = "linux")]
mod list;
mod settings;

#[cfg(target_os = "linux")]
pub use creator::{check_creator, open_created_by};
pub use explain::explain;
#[cfg(target_os = "linux")]
pub use handshake::{hand_out, peer, take_up};
#[cfg(target_os = "linux")]
pub use limits::{Limits, Totals};
#[cfg(target_os = "linux")]
pub use list::list;
pub use settings::Settings;
