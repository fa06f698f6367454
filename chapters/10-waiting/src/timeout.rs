//! Receiving and sending with a timeout.

use std::time::{Duration, Instant};

use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Message, Receiver, Select};
use nix::errno::Errno;

use crate::Alarm;

/// Receiving that ends, message or not.
pub trait RecvTimeout {
    /// Takes one message out; waits for it, but no longer than this.
    ///
    /// `None`: nothing that `select` wants was there in time. It is never returned early; how late
    /// depends on the machine. A timeout of 0 is a try, one that the clock cannot hold is no
    /// timeout. The clock is `CLOCK_MONOTONIC`, which stands still while the machine sleeps.
    ///
    /// # Errors
    ///
    /// As for [`Receiver::recv`]; `EINTR` means that a signal came before the deadline. And, if it
    /// has to wait, as for [`Alarm::at`].
    fn recv_timeout(
        &mut self,
        select: Select,
        timeout: Duration,
    ) -> nix::Result<Option<Message<'_>>>;
}

// ANCHOR: recv-timeout
impl RecvTimeout for Receiver {
    fn recv_timeout(
        &mut self,
        select: Select,
        timeout: Duration,
    ) -> nix::Result<Option<Message<'_>>> {
        let deadline = Instant::now().checked_add(timeout);
        let received = self.try_recv(select)?.is_some()
            || !timeout.is_zero() && done_before(deadline, || self.recv(select).map(drop))?
            // One last try: a message may have come after the signal.
            || self.try_recv(select)?.is_some();
        Ok(received.then(|| self.last()))
    }
}
// ANCHOR_END: recv-timeout

/// Sending that ends, sent or not.
pub trait SendTimeout {
    /// Sends a message; waits for room if the queue is full, but no longer than this.
    ///
    /// The timeout is as for [`RecvTimeout::recv_timeout`].
    ///
    /// # Errors
    ///
    /// `ETIMEDOUT`: there was no room in time, and nothing was sent. (An error, as `EAGAIN` is in
    /// chapter 4, so that a message that was not sent cannot be overlooked.) The others as for
    /// [`Sender::send`]; `EINTR` means that a signal came before the deadline. And, if it has to
    /// wait, as for [`Alarm::at`].
    fn send_timeout(
        &mut self,
        message_type: MessageType,
        bytes: &[u8],
        timeout: Duration,
    ) -> nix::Result<()>;
}

impl SendTimeout for Sender {
    fn send_timeout(
        &mut self,
        message_type: MessageType,
        bytes: &[u8],
        timeout: Duration,
    ) -> nix::Result<()> {
        let deadline = Instant::now().checked_add(timeout);
        let sent = has_room(self.try_send(message_type, bytes))?
            || !timeout.is_zero() && done_before(deadline, || self.send(message_type, bytes))?
            || has_room(self.try_send(message_type, bytes))?;
        if sent { Ok(()) } else { Err(Errno::ETIMEDOUT) }
    }
}

fn has_room(sent: nix::Result<()>) -> nix::Result<bool> {
    match sent {
        Err(Errno::EAGAIN) => Ok(false),
        sent => sent.map(|()| true),
    }
}

// ANCHOR: done-before
/// Makes a call that may sleep, until the deadline at most. False: that has passed.
fn done_before(
    deadline: Option<Instant>,
    call: impl FnOnce() -> nix::Result<()>,
) -> nix::Result<bool> {
    let Some(deadline) = deadline else {
        return call().map(|()| true);
    };
    let alarm = Alarm::at(deadline)?;
    let done = call();
    drop(alarm);
    match done {
        // Before the deadline it is somebody else's signal, and the caller's business.
        Err(Errno::EINTR) if Instant::now() >= deadline => Ok(false),
        done => done.map(|()| true),
    }
}
// ANCHOR_END: done-before
