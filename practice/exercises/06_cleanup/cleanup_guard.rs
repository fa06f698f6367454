// Write the call: a queue that is removed on every way out.
//
// A program makes a queue, works, and removes it in its last line. Then somebody adds a `return`
// further up, and a `?`, and the queues pile up. Give the removal to a guard: Rust drops it
// wherever the function is left.
//
// The call is msgctl(id, IPC_RMID, pointer), all three from the crate libc; what it returns is 0 or
// -1.
//
// The errors of the calls are nix::errno::Errno.

use std::ffi::c_int;

/// Removes the queue with this id, and says whether the kernel did it.
fn remove(id: c_int) -> nix::Result<()> {
    // TODO: one call of libc::msgctl. What does it return when it has failed?
    println!("queue {id} should be removed here");
    Ok(())
}

/// A queue that is removed when this goes out of scope, by whatever way.
///
/// If somebody else has removed it by then, nothing is left to be done, and nobody to be told.
struct Guard {
    id: c_int,
}

impl Drop for Guard {
    fn drop(&mut self) {
        // TODO
    }
}

fn main() {
    // No queue has this id: main shows what is reported for one that is gone, and the tests
    // have the real ones.
    let guard = Guard { id: c_int::MAX };
    println!("removing queue {}: {:?}", guard.id, remove(guard.id));
}

#[cfg(test)]
#[path = "../../checks/06_cleanup/cleanup_guard.rs"]
mod tests; // the functions marked #[test]
