//! The other queues: one trait, five mechanisms, and what each of them can do.
//!
//! [`MessageQueue`] is what they have in common: a sending end and a receiving end, and messages
//! that are bytes. What they do *not* have in common is the chapter's table, which is made from the
//! tests of this crate.
//!
//! ```
//! use ch13_other_queues::{MessageQueue, SeqPacket};
//!
//! # fn main() -> nix::Result<()> {
//! let (mut sender, mut receiver) = SeqPacket::pair()?;
//! sender.send(b"hello")?;
//! sender.send(b"")?;
//! sender.close()?;
//!
//! assert_eq!(receiver.recv()?, Some(&b"hello"[..]));
//! assert_eq!(receiver.recv()?, Some(&b""[..])); // an empty message is a message
//! assert_eq!(receiver.recv()?, None); // and this is the end
//! # Ok(())
//! # }
//! ```
//!
//! An end can be given to another program: [`HandOver`].
//!
//! # Limits
//!
//! Linux. Elsewhere a POSIX queue is not a descriptor, some systems have none, and some have no
//! `SOCK_SEQPACKET`. The five are as plain as they can be: nothing is sent with a type, a priority
//! or a timeout here, although some of them could.

mod datagram;
mod explain;
mod hand_over;
mod named;
mod pipe;
mod plain;
mod posix;
mod seq_packet;
mod socket;
mod system_v;
mod table;

pub use datagram::Datagram;
pub use explain::explain;
pub use hand_over::{HandOver, Role};
pub use pipe::Pipe;
pub use plain::Plain;
pub use posix::Posix;
pub use seq_packet::SeqPacket;
pub use system_v::SystemV;
pub use table::{MECHANISMS, Row, TABLE, plain_text, rows};

// ANCHOR: trait
/// One end of a queue of messages, which arrive whole, in order, and once each.
pub trait MessageQueue: Sized + Send {
    /// What it is called on the command line.
    const NAME: &'static str;

    /// A new queue: the end to send to, and the end to receive from.
    ///
    /// # Errors
    ///
    /// `EMFILE`, `ENFILE`, `ENOSPC`: as many as are allowed exist already. `ENOMEM`.
    fn pair() -> nix::Result<(Self, Self)>;

    /// Sends a message; waits while there is no room for it.
    ///
    /// # Errors
    ///
    /// What the mechanism says. `EINTR`: a signal handler ran while the call waited, and nothing
    /// was sent.
    fn send(&mut self, message: &[u8]) -> nix::Result<()>;

    /// Takes the oldest message; waits for one. `None` is the end: nothing is left, and nobody can
    /// send any more. Not every mechanism notices that; the others wait forever.
    ///
    /// # Errors
    ///
    /// What the mechanism says. `EINTR`: as for `send`, and nothing was taken.
    fn recv(&mut self) -> nix::Result<Option<&[u8]>>;

    /// The same without waiting.
    ///
    /// # Errors
    ///
    /// `EAGAIN`: there is no message now. The others as for `recv`, but for `EINTR`.
    fn try_recv(&mut self) -> nix::Result<Option<&[u8]>>;

    /// Closes this end, and says whether that worked. Dropping it closes it, too.
    ///
    /// The receiving end of a [`pair`](MessageQueue::pair) is responsible for the queue: where a
    /// name would be left behind, it is removed.
    ///
    /// # Errors
    ///
    /// What the mechanism says. The end is closed all the same.
    fn close(self) -> nix::Result<()>;
}
// ANCHOR_END: trait
