// Find the bug: a ring in shared memory in which messages appear that nobody has sent.
//
// One process puts messages in, another takes them out, and there is no lock. Between any two
// accesses the other one may do all that it wants, and either of them may be killed. `Head` counts
// what was taken, `Tail` what was put in; message n is in slot n % SLOTS.
//
// `Memory` and `Word` are in src/shared.rs. The order of an access is one of Ordering's.

use std::sync::atomic::Ordering::Relaxed;

use practice::Word::{Head, Slot, Tail};
use practice::{Memory, SLOTS};

/// Puts a message in; false if the ring is full, and then nothing has changed.
///
/// Whoever sees the new `Tail` sees the message. Killed in the middle, the sender has put it in or
/// not. The two numbers only ever grow; after u64::MAX comes 0.
fn put(memory: &impl Memory, message: u64) -> bool {
    let (head, tail) = (memory.load(Head, Relaxed), memory.load(Tail, Relaxed));
    if tail.wrapping_sub(head) == SLOTS {
        return false;
    }
    // TODO: what does the other process find between these two lines?
    memory.store(Tail, tail.wrapping_add(1), Relaxed);
    memory.store(Slot(tail % SLOTS), message, Relaxed);
    true
}

/// Takes the oldest message out; `None` if the ring is empty.
///
/// Whoever sees the new `Head` may use the slot. Killed in the middle, the receiver has taken the
/// message or not.
fn take(memory: &impl Memory) -> Option<u64> {
    let (head, tail) = (memory.load(Head, Relaxed), memory.load(Tail, Relaxed));
    if head == tail {
        return None;
    }
    // TODO: and here? And which of the accesses must not be Relaxed?
    memory.store(Head, head.wrapping_add(1), Relaxed);
    Some(memory.load(Slot(head % SLOTS), Relaxed))
}

fn main() {
    let memory = practice::Words::default();
    println!("put: {:?}", [1, 2, 3, 4, 5].map(|message| put(&memory, message)));
    println!("taken: {:?}", [(); 5].map(|()| take(&memory)));
}

#[cfg(test)]
#[path = "../../checks/16_shared_memory/memory_publish.rs"]
mod tests; // the functions marked #[test]
