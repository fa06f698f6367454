//! What lies where in the memory of a ring, and how a stranger to it finds out.

use std::os::fd::AsFd;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use nix::errno::Errno;

use crate::bell::Bell;
use crate::memory::{Memory, Shared};

/// How many messages a ring holds, and how long each may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    slots: u32,
    longest: u32,
}

impl Shape {
    /// `slots` messages of at most `longest` bytes each. The memory for all of them is taken at
    /// once: `slots * (longest + 15)` bytes and less than a kilobyte.
    ///
    /// # Errors
    ///
    /// `EINVAL`: `slots` is not a power of two, or it is more than 65,536, or `longest` is more
    /// than 1 MiB. `EFBIG`: it is more than this process can map.
    pub fn new(slots: u32, longest: u32) -> nix::Result<Shape> {
        if !slots.is_power_of_two() || slots > 1 << 16 || longest > 1 << 20 {
            return Err(Errno::EINVAL);
        }
        let shape = Shape { slots, longest };
        shape.bytes(MOST_MORE).map(|_| shape).ok_or(Errno::EFBIG)
    }

    /// How many messages it holds.
    #[must_use]
    pub fn slots(self) -> u32 {
        self.slots
    }

    /// How many bytes a message may have.
    #[must_use]
    pub fn longest(self) -> u32 {
        self.longest
    }

    /// The words of a slot: one for the length, and as many as the longest message needs.
    pub(crate) fn words(self) -> usize {
        1 + (self.longest as usize).div_ceil(WORD)
    }

    /// How long the memory is in all, with `more` bytes between the header and the slots.
    fn bytes(self, more: usize) -> Option<usize> {
        let slots = (self.slots as usize).checked_mul(self.words() * WORD)?;
        slots
            .checked_add(size_of::<Header>() + more)
            .filter(|bytes| isize::try_from(*bytes).is_ok())
    }
}

/// What a ring has beside header and slots: less than that.
const MOST_MORE: usize = 1024;
pub(crate) const WORD: usize = size_of::<AtomicU64>();

/// A position that one side writes, alone in its line of the cache.
#[derive(Debug)]
#[repr(C, align(64))]
pub(crate) struct Position(pub(crate) AtomicU64);

/// The beginning of the memory. The doors follow, in a [`Ring`](crate::Ring), and then the slots.
#[derive(Debug)]
#[repr(C)]
pub(crate) struct Header {
    magic: AtomicU64,
    version: AtomicU32,
    slots: AtomicU32,
    longest: AtomicU32,
    pub(crate) closed: AtomicU32,
    /// How many messages have ever been sent.
    pub(crate) tail: Position,
    /// How many have been received.
    pub(crate) head: Position,
    /// Rings when there is something to receive.
    pub(crate) items: Bell,
    /// Rings when there is room.
    pub(crate) spaces: Bell,
}

// SAFETY: atomics, and types made of one.
unsafe impl Shared for Header {}

const MAGIC: u64 = u64::from_ne_bytes(*b"leaveAm\n");

/// Memory with a header that has been checked, and the numbers in it as they were then: nobody can
/// change them afterwards.
#[derive(Debug)]
pub(crate) struct Layout {
    memory: Memory,
    shape: Shape,
    /// What lies between the header and the slots.
    more: usize,
}

impl Layout {
    /// Makes the file as long as it has to be, with `more` bytes between the header and the slots,
    /// and writes all of the header but the magic number.
    pub(crate) fn create(
        file: impl AsFd,
        version: u32,
        shape: Shape,
        more: usize,
    ) -> nix::Result<Layout> {
        let memory = Memory::allocate(file, shape.bytes(more).ok_or(Errno::EFBIG)?)?;
        let layout = Layout { memory, shape, more };
        let header = layout.header();
        header.version.store(version, Ordering::Relaxed);
        header.slots.store(shape.slots, Ordering::Relaxed);
        header.longest.store(shape.longest, Ordering::Relaxed);
        Ok(layout)
    }

    // ANCHOR: header
    /// The last thing that the maker writes: whoever sees it sees all that was written before.
    pub(crate) fn finish(&self) {
        self.header().magic.store(MAGIC, Ordering::Release);
    }

    /// Believes nothing: each number is read once, and checked against the memory that is there.
    pub(crate) fn open(file: impl AsFd, version: u32, more: usize) -> nix::Result<Layout> {
        let memory = Memory::map(file)?;
        if memory.length() < size_of::<Header>() {
            return Err(Errno::EBADMSG);
        }
        let header: &Header = memory.at(0);
        match header.magic.load(Ordering::Acquire) {
            MAGIC => {}
            0 => return Err(Errno::EAGAIN), // its maker has not finished
            _ => return Err(Errno::EBADMSG),
        }
        if header.version.load(Ordering::Relaxed) != version {
            return Err(Errno::EPROTONOSUPPORT);
        }
        let (slots, longest) =
            (header.slots.load(Ordering::Relaxed), header.longest.load(Ordering::Relaxed));
        let shape = Shape::new(slots, longest).map_err(|_| Errno::EBADMSG)?;
        if shape.bytes(more) != Some(memory.length()) {
            return Err(Errno::EBADMSG);
        }
        Ok(Layout { memory, shape, more })
    }
    // ANCHOR_END: header

    pub(crate) fn shape(&self) -> Shape {
        self.shape
    }

    pub(crate) fn header(&self) -> &Header {
        self.memory.at(0)
    }

    /// The slot of the message with this number, counted from 0: its length and its bytes.
    pub(crate) fn slot(&self, number: u64) -> (&AtomicU64, &[AtomicU64]) {
        let words = self.shape.words();
        // Less than `slots`, whatever the number is.
        let index = (number & u64::from(self.shape.slots - 1)) as usize;
        let first = size_of::<Header>() + self.more;
        let slot = self.memory.slice(first + index * words * WORD, words);
        slot.split_first().expect("a slot has a word for the length")
    }

    /// What lies between the header and the slots.
    pub(crate) fn more<T: Shared>(&self) -> &T {
        assert!(size_of::<T>() <= self.more);
        self.memory.at(size_of::<Header>())
    }
}
