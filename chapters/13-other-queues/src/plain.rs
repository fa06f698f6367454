//! The bare mechanism, without what this crate puts in front of a message.

use std::os::fd::{AsFd, OwnedFd};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::unistd::{read, write};

use crate::{MessageQueue, Posix, SystemV};

/// A queue as the system calls have it, to see what it does with messages by itself.
pub trait Plain: MessageQueue {
    /// Sends these bytes as they are.
    ///
    /// # Errors
    ///
    /// What the mechanism says.
    fn send_plain(&mut self, bytes: &[u8]) -> nix::Result<()> {
        self.send(bytes)
    }

    /// Receives once, without waiting, and says how many bytes that were.
    ///
    /// # Errors
    ///
    /// `EAGAIN`: there is nothing now. Others: what the mechanism says.
    fn try_recv_plain(&mut self, buffer: &mut [u8]) -> nix::Result<usize> {
        let message = self.try_recv()?.unwrap_or(&[]);
        let part = buffer.get_mut(..message.len()).ok_or(Errno::EMSGSIZE)?;
        part.copy_from_slice(message);
        Ok(message.len())
    }
}

// These two send nothing but the message anyway.
impl Plain for SystemV {}
impl Plain for Posix {}

/// One system call on the descriptor.
impl<Q: MessageQueue + AsFd + From<OwnedFd>> Plain for Q {
    fn send_plain(&mut self, bytes: &[u8]) -> nix::Result<()> {
        write(&*self, bytes).map(drop)
    }

    fn try_recv_plain(&mut self, buffer: &mut [u8]) -> nix::Result<usize> {
        readable(self)?;
        read(&*self, buffer)
    }
}

/// Whether reading would return at once. `EAGAIN`: it would wait.
pub(crate) fn readable(end: &impl AsFd) -> nix::Result<()> {
    match poll(&mut [PollFd::new(end.as_fd(), PollFlags::POLLIN)], PollTimeout::ZERO)? {
        0 => Err(Errno::EAGAIN),
        _ => Ok(()),
    }
}
