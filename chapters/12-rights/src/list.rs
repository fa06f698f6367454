//! All queues.

use ch02_create::Queue;
use ch06_cleanup::Status;
use nix::errno::Errno;

use crate::limits::{Totals, last_place};

/// Every queue of this IPC namespace, also those that you may not read, in the order of their
/// places in the kernel's table.
///
/// The kernel is asked place by place. `/proc/sysvipc/msg` would be one read, and lacks the
/// capacity. There is no moment that the list shows: a queue that goes meanwhile may be missing or
/// not, and so may one that comes; those that stay are there, each once.
///
/// # Errors
///
/// `ENOSYS`: Linux is older than 4.17 and does not tell everybody. Others come from a security
/// module or filter.
#[doc(alias = "MSG_STAT_ANY")]
#[doc(alias = "ipcs")]
pub fn list() -> nix::Result<Vec<(Queue, Status)>> {
    for _ in 0..TRIES {
        let mut queues = Vec::new();
        for place in 0..=last_place()? {
            match Status::at(place) {
                Ok(queue) => queues.push(queue),
                // Nobody lives there, or not any more.
                Err(Errno::EINVAL | Errno::EIDRM) => {}
                Err(errno) => return Err(errno),
            }
        }
        if !queues.is_empty() || Totals::now()?.queues == 0 {
            return Ok(queues);
        }
    }
    Err(Errno::ENOSYS)
}

/// An old kernel says "nobody" of every place. One that has a queue whenever it is asked how many
/// there are, and none whenever it is asked which, is taken for old.
const TRIES: usize = 10;
