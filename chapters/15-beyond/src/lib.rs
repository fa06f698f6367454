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
//! ```
//! use ch02_create::{Mode, Queue};
//! use ch06_cleanup::{OwnedQueue, Status};
//! use ch15_beyond::{Origin, Source};
//! use nix::unistd::Pid;
//!
//! # fn example() -> std::io::Result<()> {
//! let queue = OwnedQueue::new(Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?);
//! let origin = Origin::of(queue.queue(), &Status::of(queue.queue())?)?;
//! let [us, helper, stranger] = [10, 20, 30].map(Pid::from_raw);
//! let source = Source { origin, before: None, takers: [us, helper] };
//!
//! // One message is noted as taken, the first, by us. Was the second taken before the kill?
//! assert_eq!(source.taken(1, Some(us)), Some(1)); // no: we are still the last receiver
//! assert_eq!(source.taken(1, Some(helper)), Some(2)); // yes: it was the helper's turn
//! assert_eq!(source.taken(1, Some(stranger)), None); // nobody knows
//! # Ok(())
//! # }
//! # support::alone(|_| example().unwrap());
//! ```
//!
//! The broker is not in this library: that is the program `bridge`.
//!
//! # Limits
//!
//! Linux only. The bridge has to be the queue's only reader; what another one takes does not reach
//! the stream. The journal is for a process that is killed; when the machine stops, the queue is
//! gone with its memory. In another PID namespace than the killed one's, as a new container has,
//! the next bridge cannot know who has received: nothing is lost, but what was in flight and is
//! still in the queue comes twice.
//!
//! Two messages cannot be copied before they are taken: an empty one that a sleeping bridge is
//! woken by, and one longer than today's `msgmax`. From the kernel's hand to the journal these are
//! in the bridge's hand alone, and a kill in these microseconds loses them.

#![cfg(target_os = "linux")]

mod helper;
mod journal;
mod takers;
mod window;

pub use helper::help;
pub use journal::{Journal, JournalError};
pub use takers::Takers;
pub use window::{Origin, OwnedMessage, Resumed, Source, Window, new_epoch};
