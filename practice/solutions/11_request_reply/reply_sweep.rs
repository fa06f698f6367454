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
    let mut swept = 0;
    for Found { queue, creator, sign } in found {
        let Some(sign) = sign.filter(|sign| is_dead(sign, *creator)) else {
            continue;
        };
        match broom.remove_queue(*queue) {
            Ok(()) => swept += 1,
            Err(Errno::EINVAL | Errno::EIDRM) => {}
            Err(Errno::EPERM | Errno::EACCES) => continue,
            Err(errno) => return Err(errno),
        }
        // Last: a queue without its set would be found by nobody.
        match broom.remove_set(sign.set) {
            Ok(()) | Err(Errno::EINVAL | Errno::EIDRM | Errno::EPERM | Errno::EACCES) => {}
            Err(errno) => return Err(errno),
        }
    }
    Ok(swept)
}

/// Whether this is the sign of a caller that has ended.
fn is_dead(sign: &Sign, creator: u32) -> bool {
    sign.marked && sign.creator == creator && sign.used != 0 && sign.life == 0
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
