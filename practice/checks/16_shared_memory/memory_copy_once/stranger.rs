//! A message whose writer is no friend: each look finds what the test says.

use super::*;
use practice::yours;
use std::cell::{Cell, RefCell};

/// More looks than any right function needs.
const LOOKS: usize = 500_000;

pub(super) struct Stranger {
    pub(super) room: usize,
    /// What the first look at the length finds, the second and so on; the last one stays.
    pub(super) lengths: Vec<u64>,
    /// What the first look at each byte finds, and what all later ones do.
    pub(super) bytes: Vec<u8>,
    pub(super) later: u8,
    pub(super) length_looks: Cell<usize>,
    /// How often each byte was looked at.
    pub(super) looks: RefCell<Vec<usize>>,
    pub(super) beyond: Cell<Option<usize>>,
    pub(super) looked: Cell<usize>,
}

impl Stranger {
    pub(super) fn with(room: usize, lengths: &[u64], bytes: &[u8]) -> Stranger {
        let mut bytes = bytes.to_vec();
        bytes.resize(room, b'.');
        Stranger {
            room,
            lengths: lengths.to_vec(),
            bytes,
            later: 0xff,
            length_looks: Cell::new(0),
            looks: RefCell::new(vec![0; room]),
            beyond: Cell::new(None),
            looked: Cell::new(0),
        }
    }

    /// What your function returns, and whether it has kept to the room.
    #[track_caller]
    pub(super) fn ask(&self, at: &str) -> Result<String, Refused> {
        let returned = yours(at, || text(self));
        // A length that was looked at twice has a test of its own.
        if let (Some(place), 0..=1) = (self.beyond.get(), self.length_looks.get()) {
            panic!(
                "{at}: you look at the byte at {place}, and there is room for {}: that is somebody else's \
                 memory",
                self.room
            );
        }
        returned
    }
}

impl Foreign for Stranger {
    fn length(&self) -> u64 {
        let nth = self.length_looks.get();
        self.length_looks.set(nth + 1);
        self.lengths[nth.min(self.lengths.len() - 1)]
    }

    fn room(&self) -> usize {
        self.room
    }

    fn byte(&self, place: usize) -> u8 {
        self.looked.set(self.looked.get() + 1);
        assert!(
            self.looked.get() < LOOKS,
            "you look at {LOOKS} bytes, and there are {}",
            self.room
        );
        if place >= self.room {
            self.beyond.set(self.beyond.get().or(Some(place)));
            return 0;
        }
        let mut looks = self.looks.borrow_mut();
        looks[place] += 1;
        if looks[place] == 1 { self.bytes[place] } else { self.later }
    }
}
