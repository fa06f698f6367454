//! A key that nobody has agreed on.

use std::hash::{BuildHasher, RandomState};
use std::process;
use std::time::Instant;

use crate::Key;

impl Key {
    /// A key chosen at random from all there are, for a queue that others are told of.
    ///
    /// It may be in use, once in some 130,000 times on a system with 32,000 queues, so make the
    /// queue with `IPC_EXCL`; chapter 2's `Queue::create_unused` does, and tries again. Whoever
    /// does not share this program's memory cannot foresee it. It is not a secret all the same:
    /// the kernel lists the keys of all queues to everybody.
    ///
    /// The operating system's random numbers are behind it: std asks for them once per thread and
    /// keys its hash function with them. What is hashed is the process ID and the time, so that a
    /// forked child, a copy of all that its parent knows, does not repeat its parent's keys.
    #[must_use]
    pub fn random() -> Key {
        loop {
            let bits = RandomState::new().hash_one((process::id(), Instant::now()));
            // The low half. 0, once in four billion times, is not a key.
            if let Some(key) = Key::new(bits as u32 as i32 as libc::key_t) {
                return key;
            }
        }
    }
}
