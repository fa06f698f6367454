//! A ring with a name, for any number of senders and receivers of one user, each of which may be
//! killed at any moment.

mod receiving;
mod sending;

use std::os::fd::AsFd;
use std::sync::atomic::Ordering;

use crate::door::Door;
use crate::lane::Lane;
use crate::layout::{Header, Layout, Shape};
use crate::memory::Shared;
use crate::name::{create_ours, open_ours, unlink};

/// A ring in shared memory: messages go in on one side and come out on the other, in order, each
/// once.
///
/// Senders keep senders out while they copy, and receivers receivers; the two sides do not wait for
/// each other. It works between threads as well, and in a forked child.
///
/// # What survives
///
/// Any process can be killed at any moment. What has been accepted (`send` has returned `Ok`) is
/// received once; a receiver that is killed can take the one message with it that it was about to
/// return. The others go on; if the dead one was about to wake them, they do so 100 ms later.
///
/// A process that is *stopped* (SIGSTOP) in the middle of a copy holds up its side until it goes
/// on; stopped there, a sender holds up [`close`](Ring::close) and [`reopen`](Ring::reopen) as well.
/// Who waits for it is not interrupted by signals, and a timeout is kept by the clock of the wall:
/// set back meanwhile, it ends that much later.
///
/// All have to be in one PID namespace: the lock knows who has it by the thread's number there.
///
/// This holds for peers that die, **not for peers that lie**, or make the memory shorter (SIGBUS):
/// whoever can write to it has to be a program of the same user, who could as well write to ours
/// with a debugger.
/// [`open`](Ring::open) makes sure of that user. For others there are
/// [`SealedSender`](crate::SealedSender) and [`SealedReceiver`](crate::SealedReceiver).
#[derive(Debug)]
pub struct Ring(Lane);

#[repr(C)]
struct Doors {
    send: Door,
    receive: Door,
}

// SAFETY: made of types that are `Shared`.
unsafe impl Shared for Doors {}

/// Counted up when the memory looks different. A mutex looks as the C library wants it to.
const VERSION: u32 = 1 << 16 | (size_of::<libc::pthread_mutex_t>() as u32) << 1 | MUSL;
pub(crate) const MUSL: u32 = cfg!(target_env = "musl") as u32;

impl Ring {
    /// Makes a ring with a name that is not in use, readable and writable by this user alone. It
    /// stays until the name is removed with [`unlink`].
    ///
    /// # Errors
    ///
    /// `EEXIST`: the name is in use. `EINVAL`: it is not a name; that is `/`, and up to 254 bytes
    /// without another. `ENOSPC`: `/dev/shm` has no room for so much; nothing stays behind.
    /// `ENOSYS`: there is no `/dev/shm`. `EFBIG`: the limit of file sizes (`ulimit -f`) is smaller,
    /// in a process that ignores SIGXFSZ; others are ended by it.
    #[doc(alias = "shm_open")]
    pub fn create_new(name: &str, shape: Shape) -> nix::Result<Ring> {
        let file = create_ours(name)?;
        Ring::make(&file, shape).inspect_err(|_| {
            // Half a ring is none. That it cannot be removed would not be the first problem.
            let _ = unlink(name);
        })
    }

    /// Opens a ring that is there.
    ///
    /// # Errors
    ///
    /// `ENOENT`: there is none. `EACCES` or `EPERM`: it is another user's, or others can write to
    /// it. `EAGAIN`: it is being made, or its maker was killed then. `EBADMSG`: it is not a ring.
    /// `EPROTONOSUPPORT`: it is one of another version, or another C library.
    pub fn open(name: &str) -> nix::Result<Ring> {
        Ring::map(open_ours(name)?)
    }

    pub(crate) fn make(file: impl AsFd, shape: Shape) -> nix::Result<Ring> {
        let layout = Layout::create(file, VERSION, shape, size_of::<Doors>())?;
        let doors: &Doors = layout.more();
        doors.send.install()?;
        doors.receive.install()?;
        layout.finish();
        Ok(Ring(Lane(layout)))
    }

    pub(crate) fn map(file: impl AsFd) -> nix::Result<Ring> {
        Ok(Ring(Lane(Layout::open(file, VERSION, size_of::<Doors>())?)))
    }

    /// How many messages, and how long.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.0.0.shape()
    }

    /// How many messages wait to be received.
    ///
    /// # Errors
    ///
    /// `EBADMSG`: somebody has written nonsense into the memory.
    pub fn len(&self) -> nix::Result<u64> {
        let header = self.0.0.header();
        loop {
            let head = header.head.0.load(Ordering::Acquire);
            let tail = header.tail.0.load(Ordering::Acquire);
            // Two numbers that belong together.
            if header.head.0.load(Ordering::Acquire) == head {
                return self.0.used(head, tail);
            }
        }
    }

    /// Whether none waits.
    ///
    /// # Errors
    ///
    /// As for [`len`](Ring::len).
    pub fn is_empty(&self) -> nix::Result<bool> {
        self.len().map(|messages| messages == 0)
    }

    /// Closes the ring: nothing more is accepted, what has been is still received, and then comes
    /// the end, `EPIPE`, for all who wait. Waits for the sender that is in the middle of its call.
    ///
    /// # Errors
    ///
    /// None is known.
    pub fn close(&self) -> nix::Result<()> {
        self.set_closed(1)
    }

    /// Opens it again; waits as [`close`](Ring::close) does.
    ///
    /// # Errors
    ///
    /// None is known.
    pub fn reopen(&self) -> nix::Result<()> {
        self.set_closed(0)
    }

    fn set_closed(&self, closed: u32) -> nix::Result<()> {
        // Where no sender is: each has been accepted, or will be refused.
        let inside = self.doors().send.enter(None)?;
        self.header().closed.store(closed, Ordering::Release);
        drop(inside);
        self.header().items.ring();
        self.header().spaces.ring();
        Ok(())
    }

    fn header(&self) -> &Header {
        self.0.0.header()
    }

    fn doors(&self) -> &Doors {
        self.0.0.more()
    }
}
