//! What's next: a ring in shared memory, and what a death does to it.
//!
//! Two processes map the same memory, and a message costs two copies and no system call, unless the
//! other side sleeps. What the kernel did for a message queue is ours to do now: who goes first, how
//! one sleeps, who cleans up, and what becomes of all that when a process is killed in the middle.
//!
//! * [`SemaphoreRing`], the textbook's: works until somebody dies.
//! * [`Ring`], for programs of one user: any number of senders and receivers, any of which may die.
//! * [`OwnedRing`], the same for a server: one at a time, and the next takes over.
//! * [`SealedSender`] and [`SealedReceiver`], for two who need not trust each other.
//!
//! ```
//! use ch16_shared_memory::{Ring, Shape, unlink};
//!
//! # fn example() -> nix::Result<()> {
//! let name = format!("/example-{}", std::process::id());
//! let ring = Ring::create_new(&name, Shape::new(8, 255)?)?; // 8 messages of 255 bytes
//!
//! // Another process, which knows the name:
//! Ring::open(&name)?.send(b"call me back")?;
//!
//! let mut message = Vec::new();
//! ring.recv(&mut message)?;
//! assert_eq!(message, b"call me back");
//! unlink(&name)
//! # }
//! # support::alone(|_| example().unwrap());
//! ```
//!
//! # Limits
//!
//! Linux: a futex is. A message is copied in and out, word by word with atomic loads and stores, for
//! a reference to bytes that another process may write is undefined behaviour as soon as it does.
//! How far atomics reach across processes that do not keep to the rules is a question that Rust has
//! not answered in writing (unsafe-code-guidelines, issue 607); here all accesses are atomic, and
//! nothing is decided by a byte that has not been copied first. Who waits looks up ten times a
//! second.

#![cfg(target_os = "linux")]

mod bell;
mod door;
mod explain;
mod lane;
mod layout;
mod memory;
mod name;
mod owned;
mod ring;
mod sealed;
mod semaphores;

pub use bell::futex_calls;
pub use explain::explain;
pub use lane::Step;
pub use layout::Shape;
pub use name::unlink;
pub use owned::OwnedRing;
pub use ring::Ring;
pub use sealed::{SealedReceiver, SealedSender, sealed_memory};
pub use semaphores::SemaphoreRing;
