//! Request and reply: a private queue for each caller.
//!
//! A [`Caller`] sends a request to a server's queue and waits for the reply, for so long and no
//! longer. The reply comes through a queue of its own, so no caller gets another's, and none that
//! is slow or dead is in anybody's way. A [`Responder`] is the server's side.
//!
//! ```
//! use std::thread;
//! use std::time::Duration;
//!
//! use ch02_create::{Mode, Queue};
//! use ch11_request_reply::{Caller, Responder, Served};
//!
//! # fn example(room: &support::Room) -> nix::Result<()> {
//! let requests = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?;
//! # room.watch(requests.id());
//! let server = thread::spawn(move || {
//!     Responder::new(requests).serve_one(|bytes| bytes.to_ascii_uppercase())
//! });
//!
//! let mut caller = Caller::new(requests)?;
//! let reply = caller.call(b"hello", Duration::from_secs(5))?;
//! assert_eq!(reply, b"HELLO");
//! assert_eq!(server.join().unwrap()?, Served::Answered);
//! # room.remove(requests.id());
//! # Ok(())
//! # }
//! # support::alone(|room| example(room).unwrap());
//! ```
//!
//! # Limits
//!
//! - Linux only, as timeouts are.
//! - Server and callers belong to one user, or the server is root's: a caller's queue has mode 600.
//!   Chapter 12 is about the others.
//! - After a timeout nobody knows whether the request was done. [`Caller::repeat`] is harmless as
//!   long as the same [`Responder`] remembers the caller, and that ends with its process.
//! - Deadlines are times of `CLOCK_MONOTONIC`, which all processes of a machine share, and which
//!   stands still while it sleeps. Only a *time namespace* has another: a server in one takes its
//!   callers' requests for fresh or for expired by as much as its clock is off.
//! - A killed caller leaves its queue; [`sweep`] removes it.

#![cfg(target_os = "linux")]

mod caller;
mod clock;
mod explain;
mod remembered;
mod reply_queue;
mod responder;
mod semaphores;
mod sign;
mod sweep;
mod wire;

pub use caller::Caller;
pub use explain::explain;
pub use responder::{Refusal, Responder, Served};
pub use sweep::{Swept, sweep, sweep_after};
pub use wire::{Malformed, Reply, Request};
