//! Somebody else, with groups of their own, for as long as one closure runs.

use std::panic::resume_unwind;
use std::thread;

use nix::errno::Errno;
use support::as_stranger;

use crate::ordinary::give_up_capabilities;

/// A user as the kernel sees one: the user, the group, and the groups beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person<'groups> {
    /// The user ID.
    pub uid: u32,
    /// The ID of the first group.
    pub gid: u32,
    /// The supplementary groups.
    pub groups: &'groups [u32],
}

/// Runs `body` as this user, without root's rights, on a thread of its own; `None` where that is
/// not permitted, and says why.
///
/// # Panics
///
/// When the body does.
#[must_use = "when it is None, nothing has been tested"]
pub fn as_person<T: Send>(person: Person, body: impl FnOnce() -> T + Send) -> Option<T> {
    as_stranger(person.uid, || ())?;
    let result = thread::scope(|scope| {
        let thread = scope.spawn(|| {
            become_person(person).expect("what is permitted works");
            body()
        });
        thread.join()
    });
    Some(result.unwrap_or_else(|panic| resume_unwind(panic)))
}

/// Past the C library, whose functions of the same names change every thread of the process.
fn become_person(Person { uid, gid, groups }: Person) -> nix::Result<()> {
    // SAFETY: the kernel reads as many numbers at the pointer as it is told; they are there.
    let set = unsafe { libc::syscall(libc::SYS_setgroups, groups.len(), groups.as_ptr()) };
    Errno::result(set)?;
    // SAFETY: the call takes three numbers.
    let group = unsafe { libc::syscall(libc::SYS_setresgid, gid, gid, gid) };
    Errno::result(group)?;
    // SAFETY: the call takes three numbers.
    let user = unsafe { libc::syscall(libc::SYS_setresuid, uid, uid, uid) };
    Errno::result(user)?;
    // Whoever has become another user has lost them already; user 0 has not.
    give_up_capabilities()
}
