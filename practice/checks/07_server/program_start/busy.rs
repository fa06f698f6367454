//! A queue that vanishes, or comes, between two calls.

use super::*;
use ch01_key_setup::Key;
use ch06_cleanup::set_capacity;
use nix::errno::Errno;
use practice::{Room, clear, key};
use std::cell::Cell;
use support::caught;

const FOR_EVER: &str = "others make the queue and remove it, again and again, and you ask forever";

/// A place at which others are at work.
pub(super) struct Busy<'room> {
    pub(super) room: &'room Room,
    pub(super) key: Key,
    /// How often the queue still vanishes when you look for it.
    pub(super) vanishes: Cell<usize>,
    /// Whether it vanishes after you have found it, and not before.
    pub(super) in_your_hands: bool,
    /// What making a queue fails with, if it does, and at which time.
    pub(super) refuses: Option<(usize, Errno)>,
    /// What finding it fails with, if it does, and at which time.
    pub(super) hides: Option<(usize, Errno)>,
    /// Whether somebody makes the queue as soon as it was looked for and not found.
    pub(super) appears: Cell<bool>,
    pub(super) made: Cell<usize>,
    pub(super) found: Cell<usize>,
}

impl<'room> Busy<'room> {
    pub(super) fn new(room: &'room Room) -> Busy<'room> {
        Busy {
            room,
            key: key(room),
            vanishes: Cell::new(0),
            in_your_hands: false,
            refuses: None,
            hides: None,
            appears: Cell::new(false),
            made: Cell::new(0),
            found: Cell::new(0),
        }
    }

    /// What your start says here.
    #[track_caller]
    pub(super) fn start(&self) -> nix::Result<Mailbox> {
        caught(|| start(self)).unwrap_or_else(|said| match said.contains(FOR_EVER) {
            true => panic!("{said}: nobody learns that the server does not start"),
            false => panic!("others are at work here, and your start panics: {said}"),
        })
    }

    /// The queue that the last run has left behind.
    pub(super) fn left_behind(&self, messages: &[&str], capacity: usize) -> Queue {
        let queue = self.key.create().expect("a queue");
        for text in messages {
            practice::send(queue.id(), 1, text.as_bytes()).expect("room for it");
        }
        set_capacity(queue, capacity).expect("our queue");
        queue
    }

    pub(super) fn clear(&self) {
        clear(self.room);
    }

    pub(super) fn count(&self, asked: &Cell<usize>) {
        asked.set(asked.get() + 1);
        assert!(asked.get() < 10_000, "{FOR_EVER}");
    }

    pub(super) fn vanish(&self) {
        self.vanishes.set(self.vanishes.get() - 1);
        self.clear();
    }
}

impl Place for Busy<'_> {
    fn create(&self) -> nix::Result<Queue> {
        self.count(&self.made);
        if let Some((_, errno)) = self.refuses.filter(|(nth, _)| *nth == self.made.get()) {
            return Err(errno);
        }
        if self.vanishes.get() > 0 {
            // Others were quicker.
            let _ = self.key.create();
        }
        self.key.create()
    }

    fn find(&self) -> nix::Result<Queue> {
        self.count(&self.found);
        if let Some((_, errno)) = self.hides.filter(|(nth, _)| *nth == self.found.get()) {
            return Err(errno);
        }
        if self.appears.get() {
            let found = self.key.find();
            if found.is_err() {
                self.appears.set(false);
                self.left_behind(&["quick"], CAPACITY);
            }
            return found;
        }
        if self.vanishes.get() == 0 {
            return self.key.find();
        }
        if !self.in_your_hands {
            self.vanish();
            return self.key.find();
        }
        let found = self.key.find();
        self.vanish();
        found
    }
}
