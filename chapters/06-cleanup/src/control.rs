//! The three commands of msgctl(2): look, change, remove.

use std::ffi::c_int;
use std::mem::MaybeUninit;

use ch02_create::Queue;
use nix::errno::Errno;

// ANCHOR: remove
/// Removes the queue, at once and with all that is in it.
///
/// Everyone asleep on it, here or in another process, wakes with `EIDRM`; everyone who comes later
/// gets `EINVAL`. The kernel does not count who is using a queue.
///
/// # Errors
///
/// `EPERM`: you are neither its owner nor its creator nor privileged; the mode does not matter.
/// `EINVAL` or `EIDRM`: it is gone already. See msgctl(2).
#[doc(alias = "IPC_RMID")]
#[doc(alias = "msgctl")]
pub fn remove(queue: Queue) -> nix::Result<()> {
    msgctl(queue, Command::Remove, &mut blank())
}
// ANCHOR_END: remove

// ANCHOR: set-capacity
/// Changes how many bytes the queue may hold (`msg_qbytes`), which is also how many messages.
///
/// With 0 the kernel refuses every further message, from root too and empty ones too; what is in
/// the queue stays. (FreeBSD refuses 0 with `EINVAL`.) The kernel keeps the number in 32 bits, so no
/// more than `i32::MAX` is accepted here.
///
/// The kernel changes owner, mode and capacity together, so the first two are read and written
/// back: what somebody else changes between the two steps is undone.
///
/// # Errors
///
/// `EPERM`: you are neither owner nor creator nor privileged, or you ask for more than `msgmnb`,
/// which takes `CAP_SYS_RESOURCE`. `EINVAL`: the queue is gone, or the number is above `i32::MAX`.
/// `EACCES`: the current values are read first, and the mode does not let you read them.
#[doc(alias = "IPC_SET")]
#[doc(alias = "msg_qbytes")]
pub fn set_capacity(queue: Queue, bytes: usize) -> nix::Result<()> {
    let bytes = i32::try_from(bytes).map_err(|_| Errno::EINVAL)?;
    // IPC_SET writes owner, mode and capacity at once, so it starts from what they are now.
    let mut status = read(queue)?;
    status.msg_qbytes = bytes as libc::msglen_t;
    msgctl(queue, Command::Set, &mut status)
}
// ANCHOR_END: set-capacity

/// What the kernel knows of the queue, in C's own structure.
pub(crate) fn read(queue: Queue) -> nix::Result<libc::msqid_ds> {
    let mut status = blank();
    msgctl(queue, Command::Stat, &mut status)?;
    Ok(status)
}

// ANCHOR: msgctl
/// The commands whose third argument is a `msqid_ds` or ignored. Others write other structures.
#[repr(i32)]
#[derive(Clone, Copy)]
enum Command {
    Stat = libc::IPC_STAT,
    Set = libc::IPC_SET,
    Remove = libc::IPC_RMID,
}

/// The one place that calls msgctl(2).
fn msgctl(queue: Queue, command: Command, status: &mut libc::msqid_ds) -> nix::Result<()> {
    // SAFETY: IPC_STAT writes one `msqid_ds` behind the pointer, IPC_SET reads one, IPC_RMID does
    // neither; there is one, mutably borrowed, its fields initialised. They are integers, so whatever
    // the kernel writes is valid; it ignores the padding. The id is a number: one that names no
    // queue gives an errno.
    let done = unsafe { libc::msgctl(queue.id(), command as c_int, status) };
    Errno::result(done).map(drop)
}

fn blank() -> libc::msqid_ds {
    // SAFETY: a `msqid_ds` consists of integers and padding (on FreeBSD also two unused pointers,
    // which may be null), for which zeroes are valid.
    unsafe { MaybeUninit::zeroed().assume_init() }
}
// ANCHOR_END: msgctl
