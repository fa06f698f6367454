use std::ffi::c_int;
use std::ptr;

use nix::errno::Errno;

/// Removes the queue with this id, and says whether the kernel did it.
fn remove(id: c_int) -> nix::Result<()> {
    // SAFETY: IPC_RMID takes no third argument: the kernel does not look at the null pointer. The
    // id is a number.
    let result = unsafe { libc::msgctl(id, libc::IPC_RMID, ptr::null_mut()) };
    Errno::result(result).map(drop)
}

/// A queue that is removed when this goes out of scope, by whatever way.
///
/// If somebody else has removed it by then, nothing is left to be done, and nobody to be told.
struct Guard {
    id: c_int,
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Gone already is as good as removed, and drop cannot return an error.
        let _ = remove(self.id);
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
