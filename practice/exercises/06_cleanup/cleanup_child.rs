// Find the bug: the queue vanishes after the first job.
//
// A server has a queue with a guard, and forks a child for each job. The first job is done, the
// child ends in good order, and the next client finds no such queue. The server has removed
// nothing.
//
// Mend the guard. That the children end with _exit is not a remedy: somebody will add one that does
// not. Nor is the process ID enough: in a container, the child of process 1 may be process 1 too,
// in a pid namespace of its own. But pthread_atfork(3) runs a function of yours in every child.

use std::ptr;

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
}

impl Guard {
    /// Makes this process responsible for the queue.
    fn new(queue: Queue) -> Guard {
        Guard { queue }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // TODO: who drops the guard here?
        // Gone already is as good, and drop cannot return an error.
        let _ = remove(self.queue);
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
