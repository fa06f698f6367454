//! An account of messages that several processes keep, and that survives each of them.

use std::num::NonZeroUsize;
use std::ptr::NonNull;
use std::slice;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous};
use nix::time::{ClockId, clock_gettime};

/// How many messages there can be: more than are sent in a minute.
const MOST: usize = 1 << 24;
const ACCEPTED: u32 = 1 << 31;

/// Which messages were accepted, and how often each was received. It is never unmapped.
#[derive(Clone, Copy)]
pub(super) struct Tally {
    next: &'static AtomicU64,
    last: &'static AtomicU64,
    longest: &'static AtomicU64,
    /// A number for each: how often it was received, and whether it was accepted.
    messages: &'static [AtomicU32],
}

impl Tally {
    /// An empty one, which children inherit.
    pub(super) fn new() -> nix::Result<Tally> {
        let size = NonZeroUsize::new(MOST * size_of::<AtomicU32>()).ok_or(Errno::EINVAL)?;
        let both = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        let flags = MapFlags::MAP_SHARED | MapFlags::MAP_NORESERVE;
        // SAFETY: the kernel chooses the place, so no other mapping is replaced.
        let start: NonNull<AtomicU64> = unsafe { mmap_anonymous(None, size, both, flags) }?.cast();
        // SAFETY: it begins at a page, is all zeros, and is never unmapped.
        let [next, last, longest] = unsafe { start.cast::<[AtomicU64; 3]>().as_ref() };
        // SAFETY: the six numbers of 32 bits before it are those three.
        let first = unsafe { start.cast::<AtomicU32>().add(6) };
        // SAFETY: aligned, `MOST` in all are mapped, zeros, and never unmapped.
        let messages = unsafe { slice::from_raw_parts(first.as_ptr(), MOST - 6) };
        last.store(now()?, Ordering::Relaxed);
        Ok(Tally { next, last, longest, messages })
    }

    /// The number of a new message, if there is one left.
    pub(super) fn number(self) -> nix::Result<u64> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        if (number as usize) < self.messages.len() { Ok(number) } else { Err(Errno::EOVERFLOW) }
    }

    pub(super) fn accepted(self, number: u64) {
        self.messages[number as usize].fetch_or(ACCEPTED, Ordering::Relaxed);
    }

    pub(super) fn received(self, number: u64) -> nix::Result<()> {
        let now = now()?;
        let pause = now.saturating_sub(self.last.swap(now, Ordering::Relaxed));
        self.longest.fetch_max(pause, Ordering::Relaxed);
        let message = self.messages.get(number as usize).ok_or(Errno::EBADMSG)?;
        message.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// When all is over: how many were accepted, of those never received, received twice or more;
    /// and the longest time between two.
    pub(super) fn result(self) -> Outcome {
        let numbers = self.next.load(Ordering::Relaxed) as usize;
        let mut outcome = Outcome::default();
        for message in self.messages.iter().take(numbers) {
            let message = message.load(Ordering::Relaxed);
            let (accepted, times) = (message & ACCEPTED != 0, message & !ACCEPTED);
            outcome.accepted += u64::from(accepted);
            outcome.lost += u64::from(accepted && times == 0);
            outcome.doubled += u64::from(times > 1);
        }
        outcome.longest_pause = Duration::from_nanos(self.longest.load(Ordering::Relaxed));
        outcome
    }
}

/// What became of the messages.
#[derive(Default)]
pub(super) struct Outcome {
    pub(super) accepted: u64,
    pub(super) lost: u64,
    pub(super) doubled: u64,
    pub(super) longest_pause: Duration,
}

/// In nanoseconds, the same for all processes.
fn now() -> nix::Result<u64> {
    let now = Duration::from(clock_gettime(ClockId::CLOCK_MONOTONIC)?);
    u64::try_from(now.as_nanos()).map_err(|_| Errno::EOVERFLOW)
}
