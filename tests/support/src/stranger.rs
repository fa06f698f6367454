//! Somebody else, for as long as one closure runs.

use crate::user::permitted;
use nix::errno::Errno;
use std::panic::resume_unwind;
use std::thread;

/// Runs `body` as this user and group, without root's rights, on a thread of its own.
///
/// `None`, and a word about why, where that is not permitted: see [`as_user`](crate::as_user). The
/// rest of the process stays what it is: to the kernel, a user is an attribute of a thread.
///
/// # Panics
///
/// When the body does.
#[must_use = "when it is None, nothing has been tested"]
pub fn as_stranger<T: Send>(id: u32, body: impl FnOnce() -> T + Send) -> Option<T> {
    if !permitted(id, "a thread") {
        return None;
    }
    let result = thread::scope(|scope| {
        let thread = scope.spawn(|| {
            become_user(id).expect("what is permitted works");
            body()
        });
        thread.join()
    });
    Some(result.unwrap_or_else(|panic| resume_unwind(panic)))
}

/// Past the C library, whose functions of the same names change every thread of the process.
fn become_user(id: u32) -> nix::Result<()> {
    // SAFETY: with a count of 0 the kernel does not look at the list.
    let groups = unsafe { libc::syscall(libc::SYS_setgroups, 0, 0) };
    Errno::result(groups)?;
    // SAFETY: the call takes three numbers.
    let group = unsafe { libc::syscall(libc::SYS_setresgid, id, id, id) };
    Errno::result(group)?;
    // SAFETY: the call takes three numbers.
    let user = unsafe { libc::syscall(libc::SYS_setresuid, id, id, id) };
    Errno::result(user).map(drop)
}
