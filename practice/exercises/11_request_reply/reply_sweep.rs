// Use the rule: remove what killed callers have left, and nothing else.
//
// Each caller has a queue for its replies, and beside it a set of semaphores with the same key: the
// sign that the caller lives, which the kernel takes down when the process ends. `Found` and `Sign`
// (in src/sweeping.rs) say what is known of each pair. This version removes too much.
//
// Callers start and die meanwhile, and others sweep too. Who is killed in the middle of a sweep must
// leave nothing that no later sweep would find.

use std::ffi::c_int;

use nix::errno::Errno;
use practice::{Broom, Found, Sign};

/// Removes the queues of dead callers, each with its set, and returns how many queues it removed.
///
/// A caller is dead if its queue has a set that is marked, was made by the user who made the queue,
/// has been used (so it was raised once), and whose life is 0. The queue goes first, then the set.
///
/// A queue or a set that is gone already (EINVAL, EIDRM) is no reason to stop: the set of such a
/// queue is removed too. One that you may not remove (EPERM, EACCES) stays, and so does its set.
/// Every other error ends it, and is returned.
fn sweep(found: &[Found], broom: &mut impl Broom) -> nix::Result<usize> {
    // TODO: whose queue is it? In which order, and what does each error mean (nix::errno::Errno)?
    for Found { queue, sign, .. } in found {
        if let Some(Sign { set, life: 0, .. }) = sign {
            broom.remove_set(*set)?;
        }
        broom.remove_queue(*queue)?;
    }
    Ok(found.len())
}

struct Printed;

impl Broom for Printed {
    fn remove_queue(&mut self, queue: c_int) -> nix::Result<()> {
        println!("queue {queue} is removed");
        Ok(())
    }

    fn remove_set(&mut self, set: c_int) -> nix::Result<()> {
        println!("set {set} was removed by somebody else");
        Err(Errno::EIDRM)
    }
}

fn main() {
    let sign = Some(Sign { set: 7, creator: 1000, marked: true, life: 0, used: 1_700_000_000 });
    let found = [Found { queue: 3, creator: 1000, sign }];
    println!("swept: {:?}", sweep(&found, &mut Printed));
}

#[cfg(test)]
#[path = "../../checks/11_request_reply/reply_sweep.rs"]
mod tests; // the functions marked #[test]
