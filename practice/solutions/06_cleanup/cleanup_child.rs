use std::ptr;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};

use ch02_create::Queue;
use nix::errno::Errno;

/// A queue for which one process is responsible: when the guard is dropped there, the queue is
/// removed.
///
/// Which thread of the process drops it does not matter, nor whether its parent still runs. A child
/// that fork has made gets a copy of the guard, with everything else that its parent has, and no
/// responsibility, whatever its number is. A guard that the child makes itself is the child's.
struct Guard {
    queue: Queue,
    /// The generation of the process that is responsible.
    generation: u32,
}

/// How many forks there are between the first process and this one.
static GENERATION: AtomicU32 = AtomicU32::new(0);

extern "C" fn count_this_fork() {
    GENERATION.fetch_add(1, Ordering::Relaxed);
}

impl Guard {
    /// Makes this process responsible for the queue.
    fn new(queue: Queue) -> Guard {
        static ONCE: Once = Once::new();
        // SAFETY: the function takes no lock and allocates nothing, so a child may call it.
        ONCE.call_once(|| _ = unsafe { libc::pthread_atfork(None, None, Some(count_this_fork)) });
        let generation = GENERATION.load(Ordering::Relaxed);
        Guard { queue, generation }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.generation == GENERATION.load(Ordering::Relaxed) {
            // Gone already is as good, and drop cannot return an error.
            let _ = remove(self.queue);
        }
    }
}

/// Removes the queue, at once and with all that is in it.
fn remove(queue: Queue) -> nix::Result<()> {
    // SAFETY: IPC_RMID takes no third argument: the kernel does not look at the null pointer. The
    // id is a number.
    let result = unsafe { libc::msgctl(queue.id(), libc::IPC_RMID, ptr::null_mut()) };
    Errno::result(result).map(drop)
}

fn main() {
    practice::with_queue(&[], |queue| {
        let guard = Guard::new(queue);
        println!("queue {} has a guard", guard.queue.id());
    });
}

#[cfg(test)]
#[path = "../../checks/06_cleanup/cleanup_child.rs"]
mod tests; // the functions marked #[test]
