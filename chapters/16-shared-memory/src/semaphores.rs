//! The first version: a ring and two semaphores, which a death stops forever.

use std::cell::UnsafeCell;
use std::sync::atomic::Ordering;

use nix::errno::Errno;

use crate::lane::{Step, load, store};
use crate::layout::{Header, Layout, Shape};
use crate::memory::Shared;
use crate::name::{create_ours, open_ours, unlink};
use crate::ring::MUSL;

/// A ring as textbooks have it: one semaphore counts the messages, another the free slots.
///
/// It works, and it is fast, for one sender and one receiver at a time. It does **not** survive
/// that one of them is killed: what it has taken from one semaphore, and not given to the other
/// yet, is gone. Here to be looked at; [`Ring`](crate::Ring) is to be used.
#[derive(Debug)]
pub struct SemaphoreRing(Layout);

#[repr(C, align(64))]
struct Semaphores {
    items: Semaphore,
    spaces: Semaphore,
}

// SAFETY: made of `UnsafeCell`s around C structures, of which each pattern of bytes is one.
unsafe impl Shared for Semaphores {}

struct Semaphore(UnsafeCell<libc::sem_t>);

// SAFETY: a semaphore is there to be used by several threads.
unsafe impl Sync for Semaphore {}

/// Not that of a [`Ring`](crate::Ring): there are semaphores in it, as the C library has them.
const VERSION: u32 = 1 << 24 | (size_of::<libc::sem_t>() as u32) << 1 | MUSL;

impl SemaphoreRing {
    /// Makes one with a name that is not in use, for this user alone.
    ///
    /// # Errors
    ///
    /// As for [`Ring::create_new`](crate::Ring::create_new).
    pub fn create_new(name: &str, shape: Shape) -> nix::Result<SemaphoreRing> {
        let file = create_ours(name)?;
        let make = || {
            let layout = Layout::create(&file, VERSION, shape, size_of::<Semaphores>())?;
            let Semaphores { items, spaces } = layout.more();
            items.install(0)?;
            spaces.install(shape.slots())?;
            layout.finish();
            Ok(SemaphoreRing(layout))
        };
        make().inspect_err(|_| {
            // Half a ring is none. That it cannot be removed would not be the first problem.
            let _ = unlink(name);
        })
    }

    /// Opens one that is there.
    ///
    /// # Errors
    ///
    /// As for [`Ring::open`](crate::Ring::open).
    pub fn open(name: &str) -> nix::Result<SemaphoreRing> {
        Ok(SemaphoreRing(Layout::open(open_ours(name)?, VERSION, size_of::<Semaphores>())?))
    }

    // ANCHOR: semaphore-send
    /// Sends a message; waits for a free slot.
    ///
    /// # Errors
    ///
    /// `EMSGSIZE`: it is longer than the shape allows. `EINTR`: a signal came while it waited.
    pub fn send(&self, message: &[u8]) -> nix::Result<()> {
        self.check(message)?;
        self.semaphores().spaces.wait()?;
        self.put(message, |_| {})
    }

    fn put(&self, message: &[u8], at: impl Fn(Step)) -> nix::Result<()> {
        // Killed anywhere from here to the last line, and the ring has a slot less, for ever: it has
        // been taken from `spaces`, and nobody will ever find it in `items`.
        at(Step::Entered);
        let Header { tail, .. } = self.0.header();
        let number = tail.0.load(Ordering::Relaxed);
        let (length, words) = self.0.slot(number);
        length.store(message.len() as u64, Ordering::Relaxed);
        store(words, message);
        at(Step::Copied);
        tail.0.store(number.wrapping_add(1), Ordering::Release);
        at(Step::Published);
        self.semaphores().items.post()
    }
    // ANCHOR_END: semaphore-send

    /// Sends a message if there is a free slot.
    ///
    /// # Errors
    ///
    /// `EAGAIN`: there is none. `EMSGSIZE`: it is longer than the shape allows.
    pub fn try_send(&self, message: &[u8]) -> nix::Result<()> {
        self.try_send_at(message, |_| {})
    }

    /// The same, and calls `at` on the way.
    #[doc(hidden)]
    pub fn try_send_at(&self, message: &[u8], at: impl Fn(Step)) -> nix::Result<()> {
        self.check(message)?;
        self.semaphores().spaces.try_wait()?;
        self.put(message, at)
    }

    /// Receives the oldest message into `message`, whatever was there; waits for one.
    ///
    /// # Errors
    ///
    /// `EINTR`: a signal came while it waited.
    pub fn recv(&self, message: &mut Vec<u8>) -> nix::Result<()> {
        self.semaphores().items.wait()?;
        self.take(message)
    }

    /// Receives the oldest message if there is one. `false`: there is none.
    ///
    /// # Errors
    ///
    /// None is known.
    pub fn try_recv(&self, message: &mut Vec<u8>) -> nix::Result<bool> {
        match self.semaphores().items.try_wait() {
            Ok(()) => self.take(message).map(|()| true),
            Err(Errno::EAGAIN) => Ok(false),
            Err(errno) => Err(errno),
        }
    }

    fn take(&self, message: &mut Vec<u8>) -> nix::Result<()> {
        let Header { head, .. } = self.0.header();
        let number = head.0.load(Ordering::Relaxed);
        let (length, words) = self.0.slot(number);
        let length = length.load(Ordering::Relaxed).min(self.0.shape().longest().into());
        load(words, length as usize, message);
        head.0.store(number.wrapping_add(1), Ordering::Release);
        self.semaphores().spaces.post()
    }

    fn check(&self, message: &[u8]) -> nix::Result<()> {
        let fits = message.len() <= self.0.shape().longest() as usize;
        if fits { Ok(()) } else { Err(Errno::EMSGSIZE) }
    }

    fn semaphores(&self) -> &Semaphores {
        self.0.more()
    }
}

// What all of these rely on: a semaphore is initialised before the header is finished, and its
// memory is written by processes of our own user alone (`open_ours`).
impl Semaphore {
    fn install(&self, value: u32) -> nix::Result<()> {
        // SAFETY: the memory is there, and nobody uses the semaphore yet. 1: between processes.
        Errno::result(unsafe { libc::sem_init(self.0.get(), 1, value) }).map(drop)
    }

    fn wait(&self) -> nix::Result<()> {
        // SAFETY: an initialised semaphore, see above.
        Errno::result(unsafe { libc::sem_wait(self.0.get()) }).map(drop)
    }

    fn try_wait(&self) -> nix::Result<()> {
        // SAFETY: an initialised semaphore, see above.
        Errno::result(unsafe { libc::sem_trywait(self.0.get()) }).map(drop)
    }

    fn post(&self) -> nix::Result<()> {
        // SAFETY: an initialised semaphore, see above.
        Errno::result(unsafe { libc::sem_post(self.0.get()) }).map(drop)
    }
}
