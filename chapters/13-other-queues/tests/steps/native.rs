//! What each mechanism has beyond the trait, by its own calls.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
use std::time::Duration;

use ch03_structure::MessageType;
use ch04_send::Sender;
use ch13_other_queues::{Datagram, Pipe, Plain, Posix, SeqPacket, SystemV};
use nix::errno::Errno;
use nix::fcntl::{FcntlArg, OFlag, fcntl};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::socket::{MsgFlags, send};
use nix::unistd::write;

use crate::Tried;

/// One mechanism by its own calls.
pub(crate) trait Native: Tried + Plain {
    /// What poll(2) takes, if there is such a thing.
    fn descriptor(&self) -> Option<BorrowedFd<'_>>;

    /// The bare call without waiting: no mark, no length.
    fn try_send_plain(&mut self, bytes: &[u8]) -> nix::Result<()>;

    /// Closes this end if closing it leaves the queue as it is; else keeps it.
    fn part_with(self) -> Option<Self> {
        None
    }
}

impl Native for SystemV {
    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        None
    }

    fn try_send_plain(&mut self, bytes: &[u8]) -> nix::Result<()> {
        Sender::new(self.queue()).try_send(MessageType::ONE, bytes)
    }

    fn part_with(self) -> Option<SystemV> {
        Some(self)
    }
}

impl Native for Posix {
    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        Some(self.as_fd())
    }

    fn try_send_plain(&mut self, bytes: &[u8]) -> nix::Result<()> {
        ready(self, PollFlags::POLLOUT, Duration::ZERO)?;
        self.send_plain(bytes)
    }

    fn part_with(self) -> Option<Posix> {
        Some(self)
    }
}

impl Native for SeqPacket {
    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        Some(self.as_fd())
    }

    fn try_send_plain(&mut self, bytes: &[u8]) -> nix::Result<()> {
        try_send(self.as_fd().as_raw_fd(), bytes)
    }
}

impl Native for Datagram {
    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        Some(self.as_fd())
    }

    fn try_send_plain(&mut self, bytes: &[u8]) -> nix::Result<()> {
        try_send(self.as_fd().as_raw_fd(), bytes)
    }
}

impl Native for Pipe {
    fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        Some(self.as_fd())
    }

    fn try_send_plain(&mut self, bytes: &[u8]) -> nix::Result<()> {
        fcntl(&self, FcntlArg::F_SETFL(OFlag::O_NONBLOCK))?;
        let written = write(&*self, bytes);
        fcntl(&self, FcntlArg::F_SETFL(OFlag::empty()))?;
        written.map(drop)
    }
}

fn try_send(socket: RawFd, bytes: &[u8]) -> nix::Result<()> {
    send(socket, bytes, MsgFlags::MSG_DONTWAIT | MsgFlags::MSG_NOSIGNAL).map(drop)
}

/// What poll(2) says within this time: `EAGAIN` if nothing.
pub(crate) fn ready(end: &impl AsFd, event: PollFlags, limit: Duration) -> nix::Result<PollFlags> {
    let mut polled = [PollFd::new(end.as_fd(), event)];
    let limit = PollTimeout::try_from(limit).expect("it is short");
    match poll(&mut polled, limit)? {
        0 => Err(Errno::EAGAIN),
        _ => Ok(polled[0].revents().expect("the kernel has no other bits")),
    }
}
