//! A ring in shared memory: what it promises, and what becomes of it when somebody dies.

#![cfg(target_os = "linux")]

mod ring;

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use ch16_shared_memory::{Ring, Shape, unlink};

/// A name that nobody else has; removed when the test ends.
struct Name(String);

impl Name {
    fn new() -> Name {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Name(format!("/ch16-test-{}-{count}", process::id()))
    }

    fn ring(&self, slots: u32, longest: u32) -> Ring {
        let shape = Shape::new(slots, longest).expect("it is a shape");
        Ring::create_new(&self.0, shape).expect("the name is new")
    }
}

impl Drop for Name {
    fn drop(&mut self) {
        // Many tests leave that to somebody else.
        let _ = unlink(&self.0);
    }
}
