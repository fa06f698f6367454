//! The end where messages go in.

use std::os::fd::AsFd;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use nix::errno::Errno;

use super::{close, open};
use crate::Shape;
use crate::bell::attempt_until;
use crate::lane::Lane;

/// The end of a sealed ring where messages go in.
///
/// # What it promises
///
/// Whatever the other side writes into the memory, and whenever: nothing outside of it is read or
/// written, no call goes on after its timeout, and what cannot be true is `EBADMSG`. The other side
/// can confuse the conversation, end it, keep us awake, or never answer. There must be one sender
/// and one receiver; if there are more, they confuse each other, and nothing worse.
///
/// It can also give pages back (no seal forbids holes) that the next access has to get anew: they
/// are zeros, and counted to us. Where memory has run out, that access ends us as any other would.
///
/// There is no lock: this side alone decides how many it has sent, and remembers that itself.
#[derive(Debug)]
pub struct SealedSender {
    lane: Lane,
    tail: u64,
}

impl SealedSender {
    /// Opens this end of memory that [`sealed_memory`](crate::sealed_memory) made, here or in a
    /// program of somebody else.
    ///
    /// # Errors
    ///
    /// `EPERM`: it is not sealed, so its size could change at any time, or it is sealed against
    /// writing. `EACCES`: the descriptor is open for reading only. `EBADMSG`: it is not a ring.
    /// `EPROTONOSUPPORT`: it is one of another version. `ENOMEM`: so much cannot be mapped.
    pub fn open(file: impl AsFd) -> nix::Result<SealedSender> {
        let lane = open(file)?;
        let tail = lane.0.header().tail.0.load(Ordering::Relaxed);
        lane.used(lane.0.header().head.0.load(Ordering::Relaxed), tail)?;
        Ok(SealedSender { lane, tail })
    }

    /// How many messages, and how long: look at it before you use memory of a stranger's choice.
    /// Pages that are not there yet are counted to whoever touches them first.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.lane.0.shape()
    }

    /// Sends a message; waits for room if the ring is full.
    ///
    /// # Errors
    ///
    /// `EMSGSIZE`: it is longer than the shape allows. `EPIPE`: one of the two has closed the ring.
    /// `EINTR`: a signal came while it waited. `EBADMSG`: the other side has written nonsense.
    pub fn send(&mut self, message: &[u8]) -> nix::Result<()> {
        self.send_until(None, message)
    }

    /// Sends a message; waits for room, but no longer than this.
    ///
    /// # Errors
    ///
    /// `ETIMEDOUT`: there was no room in time. The others as for [`send`](SealedSender::send).
    pub fn send_timeout(&mut self, message: &[u8], timeout: Duration) -> nix::Result<()> {
        self.send_until(Instant::now().checked_add(timeout), message)
    }

    /// Sends a message if there is room.
    ///
    /// # Errors
    ///
    /// `EAGAIN`: the ring is full. The others as for [`send`](SealedSender::send).
    pub fn try_send(&mut self, message: &[u8]) -> nix::Result<()> {
        put(&self.lane, &mut self.tail, message)?.ok_or(Errno::EAGAIN)
    }

    fn send_until(&mut self, deadline: Option<Instant>, message: &[u8]) -> nix::Result<()> {
        let SealedSender { lane, tail } = self;
        attempt_until(&lane.0.header().spaces, deadline, || put(lane, tail, message))?
            .ok_or(Errno::ETIMEDOUT)
    }

    /// Closes the ring: what has been sent is still received, and then comes the end.
    pub fn close(&mut self) {
        close(self.lane.0.header());
    }
}

fn put(lane: &Lane, tail: &mut u64, message: &[u8]) -> nix::Result<Option<()>> {
    let sent = lane.put(*tail, message, |_| {})?;
    if sent.is_some() {
        *tail = tail.wrapping_add(1);
        lane.0.header().items.ring();
    }
    Ok(sent)
}
