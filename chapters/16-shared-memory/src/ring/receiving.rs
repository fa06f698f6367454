//! The side where messages come out.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::Ring;
use crate::bell::attempt_until;
use crate::door::Inside;
use crate::lane::Step;

impl Ring {
    /// Receives the oldest message into `message`, whatever was there; waits for one.
    ///
    /// # Errors
    ///
    /// `EPIPE`: the ring is closed, and nothing is left in it. `EINTR`: a signal came while it
    /// waited. `EBADMSG`: somebody has written nonsense into the memory.
    pub fn recv(&self, message: &mut Vec<u8>) -> nix::Result<()> {
        self.recv_until(None, message).map(drop)
    }

    /// Receives the oldest message; waits for one, but no longer than this. `false`: none came.
    ///
    /// # Errors
    ///
    /// As for [`recv`](Ring::recv).
    pub fn recv_timeout(&self, message: &mut Vec<u8>, timeout: Duration) -> nix::Result<bool> {
        self.recv_until(Instant::now().checked_add(timeout), message)
    }

    /// Receives the oldest message if there is one. `false`: there is none.
    ///
    /// # Errors
    ///
    /// `EBUSY`: another receiver stands still in the middle of its call. The others as for
    /// [`recv`](Ring::recv).
    pub fn try_recv(&self, message: &mut Vec<u8>) -> nix::Result<bool> {
        self.try_recv_at(message, |_| {})
    }

    /// The same, and calls `at` on the way.
    #[doc(hidden)]
    pub fn try_recv_at(&self, message: &mut Vec<u8>, at: impl Fn(Step)) -> nix::Result<bool> {
        let taken = self.take(self.doors().receive.enter_soon()?, message, at)?;
        Ok(taken.is_some())
    }

    fn recv_until(&self, deadline: Option<Instant>, message: &mut Vec<u8>) -> nix::Result<bool> {
        let taken = attempt_until(&self.header().items, deadline, || {
            match self.doors().receive.enter(deadline)? {
                Some(inside) => self.take(inside, message, |_| {}),
                None => Ok(None),
            }
        });
        Ok(taken?.is_some())
    }

    fn take(
        &self,
        inside: Inside<'_>,
        message: &mut Vec<u8>,
        at: impl Fn(Step),
    ) -> nix::Result<Option<()>> {
        at(Step::Entered);
        let taken = self.0.take(self.header().head.0.load(Ordering::Relaxed), message, at)?;
        drop(inside);
        if taken.is_some() {
            self.header().spaces.ring();
        }
        Ok(taken)
    }
}
