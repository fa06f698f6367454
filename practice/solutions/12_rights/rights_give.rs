use std::mem::MaybeUninit;

use ch02_create::Queue;
use nix::errno::Errno;

/// Gives the queue to this user, and, if there is a mode, sets that as well, in one step.
///
/// Everything else stays as it is: the group, the capacity (a door that is shut stays shut), and
/// without a mode that too. Every error is returned, and then nothing has changed.
fn give(queue: Queue, user: u32, mode: Option<u32>) -> nix::Result<()> {
    // SAFETY: a `msqid_ds` consists of integers and padding, for which zeroes are valid.
    let mut status: libc::msqid_ds = unsafe { MaybeUninit::zeroed().assume_init() };
    // SAFETY: IPC_STAT writes one `msqid_ds` at the pointer; there is one, borrowed for the call.
    let looked = unsafe { libc::msgctl(queue.id(), libc::IPC_STAT, &raw mut status) };
    Errno::result(looked)?;
    status.msg_perm.uid = user;
    if let Some(mode) = mode {
        status.msg_perm.mode = mode as _;
    }
    // SAFETY: IPC_SET reads one `msqid_ds` at the pointer; there is one.
    let done = unsafe { libc::msgctl(queue.id(), libc::IPC_SET, &raw mut status) };
    Errno::result(done).map(drop)
}

fn main() {
    practice::with_queue(&["hello"], |queue| {
        let user = nix::unistd::Uid::current().as_raw();
        println!("given: {:?}", give(queue, user, Some(0o640)));
        let now = ch06_cleanup::Status::of(queue);
        println!("now: {:?}", now.map(|now| (now.owner, now.mode, now.capacity)));
    });
}

#[cfg(test)]
#[path = "../../checks/12_rights/rights_give.rs"]
mod tests; // the functions marked #[test]
