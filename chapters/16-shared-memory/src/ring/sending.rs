//! The side where messages go in.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use nix::errno::Errno;

use super::Ring;
use crate::bell::attempt_until;
use crate::door::Inside;
use crate::lane::Step;

impl Ring {
    /// Sends a message; waits for room if the ring is full.
    ///
    /// # Errors
    ///
    /// `EMSGSIZE`: it is longer than the shape allows. `EPIPE`: the ring is closed. `EINTR`: a
    /// signal came while it waited. `EBADMSG`: somebody has written nonsense into the memory. In
    /// each case nothing was sent.
    pub fn send(&self, message: &[u8]) -> nix::Result<()> {
        self.send_until(None, message)
    }

    /// Sends a message; waits for room, but no longer than this.
    ///
    /// # Errors
    ///
    /// `ETIMEDOUT`: there was no room in time. The others as for [`send`](Ring::send).
    pub fn send_timeout(&self, message: &[u8], timeout: Duration) -> nix::Result<()> {
        self.send_until(Instant::now().checked_add(timeout), message)
    }

    /// Sends a message if there is room.
    ///
    /// # Errors
    ///
    /// `EAGAIN`: the ring is full. `EBUSY`: another sender stands still in the middle of its call.
    /// The others as for [`send`](Ring::send).
    pub fn try_send(&self, message: &[u8]) -> nix::Result<()> {
        self.try_send_at(message, |_| {})
    }

    /// The same, and calls `at` on the way.
    #[doc(hidden)]
    pub fn try_send_at(&self, message: &[u8], at: impl Fn(Step)) -> nix::Result<()> {
        self.put(self.doors().send.enter_soon()?, message, at)?.ok_or(Errno::EAGAIN)
    }

    fn send_until(&self, deadline: Option<Instant>, message: &[u8]) -> nix::Result<()> {
        let sent = attempt_until(&self.header().spaces, deadline, || {
            match self.doors().send.enter(deadline)? {
                Some(inside) => self.put(inside, message, |_| {}),
                None => Ok(None),
            }
        });
        sent?.ok_or(Errno::ETIMEDOUT)
    }

    fn put(
        &self,
        inside: Inside<'_>,
        message: &[u8],
        at: impl Fn(Step),
    ) -> nix::Result<Option<()>> {
        at(Step::Entered);
        let sent = self.0.put(self.header().tail.0.load(Ordering::Relaxed), message, at)?;
        drop(inside);
        if sent.is_some() {
            self.header().items.ring();
        }
        Ok(sent)
    }
}
