//! A pipe, and a length in front of each message: pipe(7).

use std::io::IoSlice;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::uio::writev;
use nix::unistd::{close, pipe2, read};

use crate::MessageQueue;
use crate::plain::readable;

/// One end of a pipe, which is a stream of bytes: the end to write to, or the end to read from.
///
/// A message that makes no more than `PIPE_BUF` bytes together with its length (4,096 on Linux) is
/// written in one piece, whoever else writes. Longer ones are for a single sender. And a single
/// receiver: two would share the bytes, not the messages.
///
/// A write to a pipe that nobody can read any more is SIGPIPE first, which Rust's programs ignore;
/// `EPIPE` is for those who do.
#[derive(Debug)]
pub struct Pipe {
    end: OwnedFd,
    /// A message and its length, as far as they have come.
    buffer: Vec<u8>,
    filled: usize,
    /// How many bytes that will be: the length's own until it is known.
    wanted: usize,
}

// ANCHOR: pipe
/// The length in front of a message.
const HEADER: usize = size_of::<u32>();
/// However long a message says it is, no more than this is allocated for it: 16 MiB.
const LONGEST: usize = 1 << 24;

impl Pipe {
    /// Reads what is missing of one message and not a byte more, so that poll(2) stays right about
    /// what waits, and nothing but this message dies with this program.
    fn receive(
        &mut self,
        ready: impl Fn(&OwnedFd) -> nix::Result<()>,
    ) -> nix::Result<Option<&[u8]>> {
        while self.filled < self.wanted {
            ready(&self.end)?;
            match read(&self.end, &mut self.buffer[self.filled..self.wanted])? {
                0 if self.filled == 0 => return Ok(None),
                0 => return Err(Errno::EBADMSG), // Its writer died in the middle of it.
                bytes => self.filled += bytes,
            }
            if self.filled == HEADER {
                self.expect()?;
            }
        }
        let message = HEADER..self.wanted;
        (self.filled, self.wanted) = (0, HEADER);
        Ok(Some(&self.buffer[message]))
    }

    /// The length has come: makes room for the rest.
    fn expect(&mut self) -> nix::Result<()> {
        let length = self.buffer.first_chunk().map_or(0, |length| u32::from_ne_bytes(*length));
        let length = usize::try_from(length).ok().filter(|length| *length <= LONGEST);
        self.wanted = HEADER + length.ok_or(Errno::EBADMSG)?;
        self.buffer.resize(self.wanted.max(self.buffer.len()), 0);
        Ok(())
    }
}
// ANCHOR_END: pipe

impl MessageQueue for Pipe {
    const NAME: &'static str = "pipe";

    fn pair() -> nix::Result<(Pipe, Pipe)> {
        let (receiver, sender) = pipe2(OFlag::O_CLOEXEC)?;
        Ok((sender.into(), receiver.into()))
    }

    fn send(&mut self, message: &[u8]) -> nix::Result<()> {
        let length = u32::try_from(message.len()).map_err(|_| Errno::EMSGSIZE)?;
        if message.len() > LONGEST {
            return Err(Errno::EMSGSIZE);
        }
        let header = length.to_ne_bytes();
        let mut parts = &mut [IoSlice::new(&header), IoSlice::new(message)][..];
        let mut begun = false;
        while !parts.is_empty() {
            match writev(&self.end, parts) {
                // Half a message would be the end of all others.
                Err(Errno::EINTR) if begun => {}
                // Somebody who shares this end has made it O_NONBLOCK.
                Err(Errno::EAGAIN) if begun => room(&self.end)?,
                written => IoSlice::advance_slices(&mut parts, written?),
            }
            begun = true;
        }
        Ok(())
    }

    fn recv(&mut self) -> nix::Result<Option<&[u8]>> {
        self.receive(|_| Ok(()))
    }

    fn try_recv(&mut self) -> nix::Result<Option<&[u8]>> {
        // O_NONBLOCK would hold for everybody who shares this end.
        self.receive(readable)
    }

    fn close(self) -> nix::Result<()> {
        close(self.end)
    }
}

/// Waits until there is room, or nobody who could make some.
fn room(end: &OwnedFd) -> nix::Result<()> {
    match poll(&mut [PollFd::new(end.as_fd(), PollFlags::POLLOUT)], PollTimeout::NONE) {
        Ok(_) | Err(Errno::EINTR) => Ok(()),
        Err(errno) => Err(errno),
    }
}

impl From<OwnedFd> for Pipe {
    fn from(end: OwnedFd) -> Pipe {
        Pipe { end, buffer: vec![0; HEADER], filled: 0, wanted: HEADER }
    }
}

impl AsFd for Pipe {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.end.as_fd()
    }
}
