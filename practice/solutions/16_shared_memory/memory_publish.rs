use std::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use practice::Word::{Head, Slot, Tail};
use practice::{Memory, SLOTS};

/// Puts a message in; false if the ring is full, and then nothing has changed.
///
/// Whoever sees the new `Tail` sees the message. Killed in the middle, the sender has put it in or
/// not. The two numbers only ever grow, beyond u64::MAX to 0.
fn put(memory: &impl Memory, message: u64) -> bool {
    let (head, tail) = (memory.load(Head, Acquire), memory.load(Tail, Relaxed));
    if tail.wrapping_sub(head) == SLOTS {
        return false;
    }
    memory.store(Slot(tail % SLOTS), message, Relaxed);
    memory.store(Tail, tail.wrapping_add(1), Release);
    true
}

/// Takes the oldest message out; `None` if the ring is empty.
///
/// Whoever sees the new `Head` may use the slot. Killed in the middle, the receiver has taken the
/// message or not.
fn take(memory: &impl Memory) -> Option<u64> {
    let (head, tail) = (memory.load(Head, Relaxed), memory.load(Tail, Acquire));
    if head == tail {
        return None;
    }
    let message = memory.load(Slot(head % SLOTS), Relaxed);
    memory.store(Head, head.wrapping_add(1), Release);
    Some(message)
}

fn main() {
    let memory = practice::Words::default();
    println!("put: {:?}", [1, 2, 3, 4, 5].map(|message| put(&memory, message)));
    println!("taken: {:?}", [(); 5].map(|()| take(&memory)));
}

#[cfg(test)]
#[path = "../../checks/16_shared_memory/memory_publish.rs"]
mod tests; // the functions marked #[test]
