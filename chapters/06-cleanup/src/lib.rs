//! Step 6, cleanup: look at a queue, close it without losing a message, remove it.
//!
//! A queue outlives the programs that use it, so somebody has to remove it. [`OwnedQueue`] is that
//! somebody: whatever way a function is left, dropping it removes the queue.
//!
//! ```
//! use ch02_create::{Mode, Queue};
//! use ch03_structure::MessageType;
//! use ch04_send::Sender;
//! use ch06_cleanup::{OwnedQueue, Status};
//!
//! # fn example() -> nix::Result<()> {
//! let queue = OwnedQueue::new(Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?);
//! Sender::new(queue.queue()).send(MessageType::ONE, b"hello\0")?;
//! assert_eq!(Status::of(queue.queue())?.messages, 1);
//!
//! let mut rest = Vec::new();
//! queue.close(|message| rest.push(message.bytes().to_vec()))?;
//! assert_eq!(rest, [b"hello\0"]); // and the queue is gone
//! # Ok(())
//! # }
//! # support::alone(|_| example().unwrap());
//! ```
//!
//! # Limits
//!
//! No guard runs when a process is killed with SIGKILL or calls `abort`, so a program that starts
//! has to cope with what its last run left behind. `OwnedQueue::close` loses nothing as long as
//! nobody raises the queue's capacity again while it is at work; FreeBSD does not have it. A guard
//! knows its process from every forked copy of it, even one with the same process id in another pid
//! namespace; on FreeBSD, and on Linux before 4.14, by the id alone.

#[cfg(target_os = "linux")]
mod close;
mod control;
mod explain;
#[cfg(target_os = "linux")]
mod lock;
mod owned;
mod process;
mod status;

#[cfg(target_os = "linux")]
pub use control::may_change;
pub use control::{change, remove, set_capacity, set_mode};
pub use explain::explain;
pub use owned::OwnedQueue;
pub use process::Process;
pub use status::Status;
