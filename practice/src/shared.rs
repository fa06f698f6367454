//! Memory that two processes share, behind traits, so that a test can act between two accesses.

use std::sync::atomic::{AtomicU64, Ordering};

/// How many messages fit into a ring.
pub const SLOTS: u64 = 4;

/// A word in the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// How many messages have been taken out since it was made.
    Head,
    /// How many have been put in.
    Tail,
    /// A message, in one of the slots 0 to 3.
    Slot(u64),
}

/// The memory of a ring. Each access reads or writes a word as a whole.
pub trait Memory {
    /// What is there now.
    fn load(&self, word: Word, order: Ordering) -> u64;
    /// Writes this there.
    fn store(&self, word: Word, value: u64, order: Ordering);
}

/// A ring in the memory of this program.
#[derive(Debug, Default)]
pub struct Words {
    head: AtomicU64,
    tail: AtomicU64,
    slots: [AtomicU64; SLOTS as usize],
}

impl Words {
    fn word(&self, word: Word) -> &AtomicU64 {
        match word {
            Word::Head => &self.head,
            Word::Tail => &self.tail,
            Word::Slot(number) => &self.slots[(number % SLOTS) as usize],
        }
    }
}

impl Memory for Words {
    fn load(&self, word: Word, order: Ordering) -> u64 {
        self.word(word).load(order)
    }

    fn store(&self, word: Word, value: u64, order: Ordering) {
        self.word(word).store(value, order);
    }
}

/// A message in memory that somebody else can write at any moment.
pub trait Foreign {
    /// How many bytes it has, as somebody else says. Each call reads it anew.
    fn length(&self) -> u64;
    /// How many bytes there is room for. That is yours, and stays.
    fn room(&self) -> usize;
    /// The byte at this place, below `room`. Each call reads it anew.
    fn byte(&self, place: usize) -> u8;
}

/// A message that nobody changes: its length, and the bytes in its slot.
impl Foreign for (u64, &[u8]) {
    fn length(&self) -> u64 {
        self.0
    }

    fn room(&self) -> usize {
        self.1.len()
    }

    fn byte(&self, place: usize) -> u8 {
        self.1[place]
    }
}
