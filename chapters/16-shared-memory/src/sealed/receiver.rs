//! The end where messages come out.

use std::os::fd::AsFd;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::{close, open};
use crate::Shape;
use crate::bell::attempt_until;
use crate::lane::Lane;

/// The end of a sealed ring where messages come out. It promises what
/// [`SealedSender`](crate::SealedSender) does.
#[derive(Debug)]
pub struct SealedReceiver {
    lane: Lane,
    head: u64,
}

impl SealedReceiver {
    /// Opens this end.
    ///
    /// # Errors
    ///
    /// As for [`SealedSender::open`](crate::SealedSender::open).
    pub fn open(file: impl AsFd) -> nix::Result<SealedReceiver> {
        let lane = open(file)?;
        let head = lane.0.header().head.0.load(Ordering::Relaxed);
        lane.used(head, lane.0.header().tail.0.load(Ordering::Relaxed))?;
        Ok(SealedReceiver { lane, head })
    }

    /// How many messages, and how long: look at it before you use memory of a stranger's choice.
    /// Pages that are not there yet are counted to whoever touches them first.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.lane.0.shape()
    }

    /// Receives the oldest message into `message`, whatever was there; waits for one.
    ///
    /// # Errors
    ///
    /// `EPIPE`: the ring is closed, and nothing is left in it. `EINTR`: a signal came while it
    /// waited. `EBADMSG`: the other side has written nonsense.
    pub fn recv(&mut self, message: &mut Vec<u8>) -> nix::Result<()> {
        self.recv_until(None, message).map(drop)
    }

    /// Receives the oldest message; waits for one, but no longer than this. `false`: none came.
    ///
    /// # Errors
    ///
    /// As for [`recv`](SealedReceiver::recv).
    pub fn recv_timeout(&mut self, message: &mut Vec<u8>, timeout: Duration) -> nix::Result<bool> {
        self.recv_until(Instant::now().checked_add(timeout), message)
    }

    /// Receives the oldest message if there is one. `false`: there is none.
    ///
    /// # Errors
    ///
    /// As for [`recv`](SealedReceiver::recv).
    pub fn try_recv(&mut self, message: &mut Vec<u8>) -> nix::Result<bool> {
        Ok(take(&self.lane, &mut self.head, message)?.is_some())
    }

    fn recv_until(
        &mut self,
        deadline: Option<Instant>,
        message: &mut Vec<u8>,
    ) -> nix::Result<bool> {
        let SealedReceiver { lane, head } = self;
        let items = &lane.0.header().items;
        Ok(attempt_until(items, deadline, || take(lane, head, message))?.is_some())
    }

    /// Closes the ring: the sender is refused from now on. What it was sending at this moment may
    /// have been accepted, and can still be received here.
    pub fn close(&mut self) {
        close(self.lane.0.header());
    }
}

fn take(lane: &Lane, head: &mut u64, message: &mut Vec<u8>) -> nix::Result<Option<()>> {
    let taken = lane.take(*head, message, |_| {})?;
    if taken.is_some() {
        *head = head.wrapping_add(1);
        lane.0.header().spaces.ring();
    }
    Ok(taken)
}
