//! Memory in which the test acts between two accesses, and of which it keeps a list.

use super::*;
use std::cell::{Cell, RefCell};
use std::sync::atomic::Ordering;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Load(Word, Ordering),
    Store(Word, Ordering),
}

/// What a slot holds that nobody has written.
pub(super) const GARBAGE: u64 = 0xdead;

/// What the other process does.
pub(super) type Act = fn(&Ring);

/// More than any right function does.
const ACCESSES: usize = 1_000;

pub(super) struct Ring {
    head: Cell<u64>,
    tail: Cell<u64>,
    slots: [Cell<u64>; SLOTS as usize],
    pub(super) accesses: RefCell<Vec<Access>>,
    /// Before the access with this number (from 1 on) the other one acts, once.
    pub(super) other: RefCell<Option<(usize, Act)>>,
    /// From the access with this number on this process is dead: nothing changes any more.
    pub(super) dies: Cell<usize>,
    /// What the other one has put in or taken out.
    pub(super) by_other: RefCell<Vec<u64>>,
    pub(super) no_such_slot: Cell<Option<u64>>,
}

impl Ring {
    /// A ring whose numbers begin with `first`, and with these messages in it.
    pub(super) fn with(first: u64, messages: &[u64]) -> Ring {
        let ring = Ring {
            head: Cell::new(first),
            tail: Cell::new(first.wrapping_add(messages.len() as u64)),
            slots: [const { Cell::new(GARBAGE) }; SLOTS as usize],
            accesses: RefCell::default(),
            other: RefCell::default(),
            dies: Cell::new(usize::MAX),
            by_other: RefCell::default(),
            no_such_slot: Cell::default(),
        };
        for (number, message) in messages.iter().enumerate() {
            let number = first.wrapping_add(number as u64);
            ring.slots[(number % SLOTS) as usize].set(*message);
        }
        ring
    }

    /// What is in it, as the two numbers say.
    pub(super) fn content(&self) -> Vec<u64> {
        let count = self.tail.get().wrapping_sub(self.head.get()).min(2 * SLOTS);
        let slot =
            |number: u64| self.slots[(self.head.get().wrapping_add(number) % SLOTS) as usize].get();
        (0..count).map(slot).collect()
    }

    #[track_caller]
    pub(super) fn put(&self, message: u64) -> bool {
        let done = yours("a message to put in", || put(self, message));
        self.check();
        done
    }

    #[track_caller]
    pub(super) fn take(&self) -> Option<u64> {
        let taken = yours("a message to take out", || take(self));
        self.check();
        taken
    }

    #[track_caller]
    fn check(&self) {
        if let Some(number) = self.no_such_slot.get() {
            panic!("you use slot {number}, and there are slots 0 to {}: n % SLOTS", SLOTS - 1);
        }
        assert!(
            self.accesses.borrow().len() < ACCESSES,
            "you look again and again, {ACCESSES} times: who is full or empty says so, and does not wait"
        );
    }

    /// The process that was at work is over, and another one begins.
    pub(super) fn begin_anew(&self) {
        self.dies.set(usize::MAX);
        self.accesses.take();
        self.other.take();
    }

    fn access(&self, access: Access) -> bool {
        self.accesses.borrow_mut().push(access);
        let count = self.accesses.borrow().len();
        let due = self.other.borrow_mut().take_if(|(nth, _)| *nth == count);
        if let Some((_, act)) = due {
            let before = self.accesses.take();
            act(self);
            self.accesses.replace(before);
        }
        // Nobody waits for a loop without an end.
        assert!(count < 2 * ACCESSES, "no end");
        count < self.dies.get()
    }

    fn cell(&self, word: Word) -> &Cell<u64> {
        match word {
            Word::Head => &self.head,
            Word::Tail => &self.tail,
            Word::Slot(number) => {
                if number >= SLOTS {
                    self.no_such_slot.set(Some(number));
                }
                &self.slots[(number % SLOTS) as usize]
            }
        }
    }
}

impl Memory for Ring {
    fn load(&self, word: Word, order: Ordering) -> u64 {
        self.access(Access::Load(word, order));
        self.cell(word).get()
    }

    fn store(&self, word: Word, value: u64, order: Ordering) {
        if self.access(Access::Store(word, order)) {
            self.cell(word).set(value);
        }
    }
}
