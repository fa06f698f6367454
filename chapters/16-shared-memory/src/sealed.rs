//! A ring for two who do not trust each other: one sender, one receiver, memory that cannot shrink,
//! and no mutex in it.

use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, SealFlag, fcntl};
use nix::sys::memfd::{MFdFlags, memfd_create};

use crate::bell::attempt_until;
use crate::lane::Lane;
use crate::layout::{Header, Layout, Shape};

/// What looks different from a [`Ring`](crate::Ring)'s memory: there is no lock in it.
const VERSION: u32 = 1 << 16;

fn seals() -> SealFlag {
    SealFlag::F_SEAL_SHRINK | SealFlag::F_SEAL_GROW | SealFlag::F_SEAL_SEAL
}

/// Makes the memory of a ring for one sender and one receiver. It has no name: hand the descriptor
/// over a Unix socket, or to a child. It is gone when nobody has it any more.
///
/// It is sealed: neither side can change its size.
///
/// # Errors
///
/// `ENOSPC`, `ENOMEM`: there is no room. `EMFILE`: there are too many open files.
#[doc(alias = "memfd_create")]
pub fn sealed_memory(shape: Shape) -> nix::Result<OwnedFd> {
    let file = memfd_create(c"ring", MFdFlags::MFD_CLOEXEC | MFdFlags::MFD_ALLOW_SEALING)?;
    Layout::create(&file, VERSION, shape, 0)?.finish();
    fcntl(&file, FcntlArg::F_ADD_SEALS(seals()))?;
    Ok(file)
}

// ANCHOR: sealed
/// Maps memory that comes from a stranger, who can write to it whenever they like and cannot take
/// it away.
fn open(file: impl AsFd) -> nix::Result<Lane> {
    // Without the seals the other side could make the file shorter, and our next access to it
    // would be a SIGBUS. What is no memfd has none to show: EINVAL.
    let found = fcntl(&file, FcntlArg::F_GET_SEALS).map_err(|_| Errno::EPERM)?;
    if !SealFlag::from_bits_truncate(found).contains(seals()) {
        return Err(Errno::EPERM);
    }
    // Of huge pages there may be none left when one is needed, which is a SIGBUS again.
    if nix::sys::statfs::fstatfs(&file)?.filesystem_type() != nix::sys::statfs::TMPFS_MAGIC {
        return Err(Errno::EPERM);
    }
    Layout::open(file, VERSION, 0).map(Lane)
}
// ANCHOR_END: sealed

/// The end of a sealed ring where messages go in.
///
/// # What it promises
///
/// Whatever the other side writes into the memory, and whenever: nothing outside of it is read or
/// written, no call goes on after its timeout, and what cannot be true is `EBADMSG`. The other side
/// can confuse the conversation, end it, keep us awake, or never answer. There must be one sender
/// and one receiver; if there are more, they confuse each other, and nothing worse.
///
/// There is no lock: this side alone decides how many it has sent, and remembers that itself.
#[derive(Debug)]
pub struct SealedSender {
    lane: Lane,
    tail: u64,
}

impl SealedSender {
    /// Opens this end of memory that [`sealed_memory`] made, here or in a program of somebody else.
    ///
    /// # Errors
    ///
    /// `EPERM`: it is not sealed, so its size could change at any time. `EACCES`: the descriptor is
    /// open for reading only. `EBADMSG`: it is not a ring. `EPROTONOSUPPORT`: it is one of another
    /// version.
    pub fn open(file: impl AsFd) -> nix::Result<SealedSender> {
        let lane = open(file)?;
        let tail = lane.0.header().tail.0.load(Ordering::Relaxed);
        lane.used(lane.0.header().head.0.load(Ordering::Relaxed), tail)?;
        Ok(SealedSender { lane, tail })
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

fn take(lane: &Lane, head: &mut u64, message: &mut Vec<u8>) -> nix::Result<Option<()>> {
    let taken = lane.take(*head, message, |_| {})?;
    if taken.is_some() {
        *head = head.wrapping_add(1);
        lane.0.header().spaces.ring();
    }
    Ok(taken)
}

fn close(header: &Header) {
    header.closed.store(1, Ordering::Release);
    header.items.ring();
    header.spaces.ring();
}

/// The end of a sealed ring where messages come out. It promises what [`SealedSender`] does.
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
    /// As for [`SealedSender::open`].
    pub fn open(file: impl AsFd) -> nix::Result<SealedReceiver> {
        let lane = open(file)?;
        let head = lane.0.header().head.0.load(Ordering::Relaxed);
        lane.used(head, lane.0.header().tail.0.load(Ordering::Relaxed))?;
        Ok(SealedReceiver { lane, head })
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
