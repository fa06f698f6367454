//! What your function wants the queue to be. Where the kernel knows no other users, it is not told
//! of them.

use super::*;
use practice::{Passing, passing, yours};
use std::cell::RefCell;
use std::rc::Rc;

/// Owner, group, mode, capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Now {
    pub(super) owner: u32,
    pub(super) group: u32,
    pub(super) mode: u32,
    pub(super) capacity: u64,
}

impl Now {
    #[allow(clippy::unnecessary_cast, reason = "the widths of the fields differ by platform")]
    pub(super) fn of(status: &libc::msqid_ds) -> Now {
        let perm = &status.msg_perm;
        let capacity = status.msg_qbytes as u64;
        Now { owner: perm.uid, group: perm.gid, mode: perm.mode as u32 & 0o777, capacity }
    }
}

/// What your function returns, and what it has told the kernel, each time. The queue is said to be
/// `before`, and keeps its owner, group and capacity in truth.
#[track_caller]
pub(super) fn ask(
    queue: Queue,
    before: Now,
    user: u32,
    mode: Option<u32>,
) -> (nix::Result<()>, Vec<Now>) {
    let told = Rc::new(RefCell::new(Vec::new()));
    let heard = Rc::clone(&told);
    let mut truth = None;
    let hook = move |id, passing: Passing| match passing {
        Passing::Read(status) if id == queue.id() => {
            truth = Some((status.msg_perm.uid, status.msg_perm.gid, status.msg_qbytes));
            (status.msg_perm.uid, status.msg_perm.gid) = (before.owner, before.group);
            status.msg_qbytes = before.capacity as _;
        }
        Passing::Set(status) if id == queue.id() => {
            heard.borrow_mut().push(Now::of(status));
            let (user, group) = (nix::unistd::geteuid().as_raw(), nix::unistd::getegid().as_raw());
            let (user, group, capacity) = truth.unwrap_or((user, group, 0));
            (status.msg_perm.uid, status.msg_perm.gid) = (user, group);
            status.msg_qbytes = capacity;
        }
        _ => {}
    };
    let given = yours(format!("user {user}"), || passing(hook, || give(queue, user, mode)));
    (given, told.take())
}

/// What the kernel was told must be what is due: each likely mistake by its trace.
#[track_caller]
pub(super) fn is_told(told: &[Now], before: Now, due: Now, mode: Option<u32>) {
    let Some(now) = told.last() else {
        panic!("IPC_SET was never called: nothing has changed");
    };
    assert!(
        now.owner == due.owner,
        "the queue was to be given to user {}, and you give it to {}",
        due.owner,
        now.owner
    );
    assert!(
        now.capacity != 0 || before.capacity == 0,
        "the capacity was {} bytes, and you set it to 0: nobody can send anything any more. IPC_SET \
         writes all that it can change, also what you leave at 0",
        before.capacity
    );
    assert!(
        before.capacity != 0 || now.capacity == 0,
        "the door was shut (capacity 0), because somebody is closing the queue, and you open it again, \
         for {} bytes: what comes in now is lost",
        now.capacity
    );
    assert!(
        now.capacity == before.capacity,
        "the capacity was {} bytes, and you change it to {}",
        before.capacity,
        now.capacity
    );
    assert!(
        now.group == before.group,
        "the queue belonged to group {}, and you give it to group {}: only the user was to change",
        before.group,
        now.group
    );
    assert!(
        mode.is_some() || now.mode == before.mode,
        "no mode was asked for, so {:03o} must stay, and you set {:03o}",
        before.mode,
        now.mode
    );
    assert!(
        now.mode == due.mode,
        "the mode {:03o} was asked for in place of {:03o}, and you set {:03o}",
        due.mode,
        before.mode,
        now.mode
    );
    assert!(
        told.len() == 1,
        "you have called IPC_SET {} times: if the second fails, half of it is done. It sets all at once",
        told.len()
    );
}
