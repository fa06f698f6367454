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
    as_member(id, &[id], body)
}

/// The same as a member of these groups: the first is the user's own (the effective one), the
/// others are supplementary.
///
/// # Panics
///
/// When the body does, and when there is no first group.
#[must_use = "when it is None, nothing has been tested"]
pub fn as_member<T: Send>(user: u32, groups: &[u32], body: impl FnOnce() -> T + Send) -> Option<T> {
    if ![user].iter().chain(groups).all(|id| permitted(*id, "a thread")) {
        return None;
    }
    Some(on_a_thread(|| {
        become_member(user, groups).expect("what is permitted works");
        body()
    }))
}

fn on_a_thread<T: Send>(body: impl FnOnce() -> T + Send) -> T {
    let result = thread::scope(|scope| scope.spawn(body).join());
    result.unwrap_or_else(|panic| resume_unwind(panic))
}

/// Past the C library, whose functions of the same names change every thread of the process.
fn become_member(user: u32, groups: &[u32]) -> nix::Result<()> {
    let (own, more) = groups.split_first().expect("everybody has a group");
    // SAFETY: the kernel reads as many numbers of 32 bits as it is told, which are there.
    let done = unsafe { libc::syscall(libc::SYS_setgroups, more.len(), more.as_ptr()) };
    Errno::result(done)?;
    // SAFETY: the call takes three numbers.
    let done = unsafe { libc::syscall(libc::SYS_setresgid, *own, *own, *own) };
    Errno::result(done)?;
    // SAFETY: the call takes three numbers.
    let done = unsafe { libc::syscall(libc::SYS_setresuid, user, user, user) };
    Errno::result(done).map(drop)
}

/// A part of root's power, by its number in capabilities(7).
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// `CAP_IPC_OWNER`: no mode of a queue holds.
    IpcOwner = 15,
    /// `CAP_SYS_ADMIN`: among much else, everybody's queues may be changed and removed.
    SysAdmin = 21,
    /// `CAP_SYS_RESOURCE`: limits may be exceeded.
    SysResource = 24,
}

/// Runs `body` without these capabilities, on a thread of its own. Who has none runs it as it is.
///
/// # Panics
///
/// When the body does.
pub fn without<T: Send>(capabilities: &[Capability], body: impl FnOnce() -> T + Send) -> T {
    on_a_thread(|| {
        give_up(capabilities).expect("anybody may give privileges up");
        body()
    })
}

fn give_up(capabilities: &[Capability]) -> nix::Result<()> {
    const VERSION_3: u32 = 0x2008_0522;
    let header = [VERSION_3, 0];
    // Effective, permitted and inheritable capabilities, first the lower 32 of each.
    let mut sets = [0_u32; 6];
    // SAFETY: the kernel reads two numbers and writes six, which are there.
    let done = unsafe { libc::syscall(libc::SYS_capget, &raw const header, &raw mut sets) };
    Errno::result(done)?;
    for set in &mut sets[..3] {
        *set &= capabilities.iter().fold(!0, |left, capability| left & !(1 << *capability as u32));
    }
    // SAFETY: the kernel reads two numbers and six, which are there.
    let done = unsafe { libc::syscall(libc::SYS_capset, &raw const header, &raw const sets) };
    Errno::result(done).map(drop)
}
