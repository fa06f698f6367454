//! Who may do what with a queue.

use crate::{Credentials, Status};

/// Read, for owner, group and others at once: what `msgrcv` and `IPC_STAT` ask for.
pub(crate) const READ: i32 = 0o444;

/// Write: what `msgsnd` asks for.
pub(crate) const WRITE: i32 = 0o222;

/// Whether the mode lets this process do what is asked.
///
/// `asked` may name the same right for owner, group and others (`0o600` is read and write); the
/// kernel folds the three together and compares with the *one* class that the process belongs to.
/// Owner and creator are of the first class, members of their groups of the second. A class of
/// fewer rights is not made up for by a later one: an owner whose mode is `0o066` may nothing.
pub(crate) fn allows(status: &Status, who: &Credentials, asked: i32) -> bool {
    let asked = (asked >> 6 | asked >> 3 | asked) as u32 & 0o7;
    let granted = if who.uid == status.cuid || who.uid == status.uid {
        status.mode >> 6
    } else if who.in_group(status.cgid) || who.in_group(status.gid) {
        status.mode >> 3
    } else {
        status.mode
    };
    asked & !granted == 0 || who.capable.ipc_owner
}

/// Whether this process may change and remove the queue. The mode has no say in it.
#[must_use]
pub fn governs(status: &Status, who: &Credentials) -> bool {
    who.uid == status.cuid || who.uid == status.uid || who.capable.sys_admin
}
