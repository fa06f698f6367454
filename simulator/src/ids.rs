//! Which queue has which id.

use alloc::collections::BTreeMap;

use crate::{Id, Queue};

/// How many bits of an id name the slot; those above are the sequence number.
const SLOT_BITS: u32 = 15;

/// How many slots there can be, whatever `msgmni` says.
pub(crate) const MOST_SLOTS: u32 = 1 << SLOT_BITS;

/// So many slots are gone through before one is used again, even if few queues are in use.
const SHORTEST_CYCLE: u32 = 64;

/// Where the sequence number starts again.
const SEQUENCE_END: u32 = (i32::MAX as u32) >> SLOT_BITS;

/// The queues by slot, and what decides the next id.
///
/// An id is `sequence << 15 | slot`. Slots are handed out in turn, not lowest first, and the
/// sequence number goes up each time the turn starts again. So the id of a removed queue names no
/// other queue for a long while: 64 slots, 65,535 sequence numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Slots {
    queues: BTreeMap<u32, Queue>,
    next: u32,
    last: Option<u32>,
    sequence: u32,
}

impl Slots {
    /// Takes a slot and puts a queue there, which is told its id. At least one slot must be free.
    pub(crate) fn insert(&mut self, queue: impl FnOnce(Id) -> Queue) -> Id {
        let slot = self.free();
        if self.last.is_some_and(|last| slot <= last) {
            self.sequence = (self.sequence + 1) % SEQUENCE_END;
        }
        self.last = Some(slot);
        self.next = slot + 1;
        let id = Id((self.sequence << SLOT_BITS | slot) as i32);
        self.queues.insert(slot, queue(id));
        id
    }

    /// The next free slot of the cycle. It is half as long again as there are queues, but never
    /// short.
    fn free(&self) -> u32 {
        let used = self.len();
        let cycle = (used * 3 / 2).clamp(SHORTEST_CYCLE, MOST_SLOTS);
        (self.next..cycle)
            .chain(0..cycle)
            .find(|slot| !self.queues.contains_key(slot))
            .expect("there are fewer queues than slots")
    }

    /// The queue with this id. A slot that has another sequence number now is another queue.
    pub(crate) fn get(&self, id: Id) -> Option<&Queue> {
        self.queues.get(&slot(id)).filter(|queue| queue.id() == id)
    }

    pub(crate) fn get_mut(&mut self, id: Id) -> Option<&mut Queue> {
        self.queues.get_mut(&slot(id)).filter(|queue| queue.id() == id)
    }

    pub(crate) fn remove(&mut self, id: Id) -> Option<Queue> {
        self.get(id)?;
        self.queues.remove(&slot(id))
    }

    /// The queue with this key. There is at most one, but for key 0, which is nobody's.
    pub(crate) fn find(&self, key: i32) -> Option<&Queue> {
        self.iter().find(|queue| queue.status().key == key)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Queue> {
        self.queues.values()
    }

    pub(crate) fn len(&self) -> u32 {
        // No more than MOST_SLOTS.
        self.queues.len() as u32
    }
}

fn slot(id: Id) -> u32 {
    id.0 as u32 & (MOST_SLOTS - 1)
}

#[cfg(test)]
mod tests {
    use super::Slots;
    use crate::{Credentials, IPC_PRIVATE, Id, Kernel, Limits};

    #[test]
    fn sequence_numbers_end_before_65535() {
        let mut kernel = Kernel::new(Limits::default());
        let root = kernel.spawn(Credentials::root());
        kernel.slots = Slots { next: 63, last: Some(62), sequence: 65534, ..Slots::default() };
        let mut made = || kernel.msgget(root, IPC_PRIVATE, 0);
        assert_eq!(made(), Ok(Id(65534 << 15 | 63)));
        assert_eq!(made(), Ok(Id(0)));
    }
}
