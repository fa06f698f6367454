//! The three commands of msgctl(2): look, change, remove.

use std::ffi::c_int;
use std::mem::MaybeUninit;

use ch02_create::{Mode, Queue};
use nix::errno::Errno;

#[cfg(target_os = "linux")]
use crate::lock::lock;

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
    msgctl(queue, Command::Remove, &mut blank()).map(drop)
}
// ANCHOR_END: remove

// ANCHOR: set-capacity
/// Changes how many bytes the queue may hold (`msg_qbytes`), which is also how many messages.
///
/// With 0 the kernel refuses every further message, from root too and empty ones too; what is in
/// the queue stays. (FreeBSD refuses 0 with `EINVAL`.) The kernel keeps the number in 32 bits, so
/// no more than `i32::MAX` is accepted here.
///
/// The kernel changes owner, mode and capacity together: see [`change`] for what that can lose.
///
/// # Errors
///
/// `EPERM`: you are neither owner nor creator nor privileged, or you ask for more than `msgmnb`,
/// which takes `CAP_SYS_RESOURCE`. `EINVAL`: the queue is gone, or the number is above `i32::MAX`.
/// `EACCES`: the mode does not let you read the current values. Only FreeBSD, and Linux before
/// 4.17, say that to an owner.
#[doc(alias = "IPC_SET")]
#[doc(alias = "msg_qbytes")]
pub fn set_capacity(queue: Queue, bytes: usize) -> nix::Result<()> {
    let bytes = i32::try_from(bytes).map_err(|_| Errno::EINVAL)?;
    change(queue, |status| {
        status.msg_qbytes = bytes as libc::msglen_t;
        Ok(())
    })
}
// ANCHOR_END: set-capacity

/// Changes who may read and write.
///
/// # Errors
///
/// As for [`set_capacity`].
#[doc(alias = "IPC_SET")]
#[doc(alias = "msg_perm")]
pub fn set_mode(queue: Queue, mode: Mode) -> nix::Result<()> {
    change(queue, |status| {
        status.msg_perm.mode = mode.bits() as _;
        Ok(())
    })
}

// ANCHOR: change
/// Changes owner, group, mode and capacity, in C's own structure.
///
/// IPC_SET writes all four at once, so `edit` gets what they are now, and what it leaves alone is
/// written back. The kernel does nothing to hold these two steps together. On Linux a lock does: no
/// program that changes queues through this crate undoes what another one has just changed, a door
/// that it has shut among it. What C programs change between the two steps is undone. (There is no
/// lock without `/proc` or without a free descriptor, and one that a program keeps for a second is
/// not respected any more.)
///
/// # Errors
///
/// As for [`set_capacity`], and what `edit` returns. `EINVAL` also: owner or group cannot be.
#[doc(alias = "IPC_SET")]
pub fn change(
    queue: Queue,
    edit: impl FnOnce(&mut libc::msqid_ds) -> nix::Result<()>,
) -> nix::Result<()> {
    #[cfg(target_os = "linux")]
    let _only_one = lock();
    let mut status = match read_whatever_the_mode(queue) {
        // Linux before 4.17: better the reason that would be left if it could be read.
        #[cfg(target_os = "linux")]
        Err(Errno::EACCES) if !may_change(queue)? => return Err(Errno::EPERM),
        status => status?,
    };
    edit(&mut status)?;
    msgctl(queue, Command::Set, &mut status).map(drop)
}
// ANCHOR_END: change

// ANCHOR: may-change
/// Whether you may change and remove the queue.
///
/// The kernel alone knows: user 0 of a container is not always allowed what root is. It is asked
/// for a change that it cannot make (an owner who does not exist), and says either that you may
/// not or that this is not possible. Nothing happens to the queue, and nobody asleep on it wakes.
///
/// # Errors
///
/// `EINVAL` or `EIDRM`: the queue is gone.
#[cfg(target_os = "linux")]
pub fn may_change(queue: Queue) -> nix::Result<bool> {
    let mut impossible = blank();
    (impossible.msg_perm.uid, impossible.msg_perm.gid) = (libc::uid_t::MAX, libc::gid_t::MAX);
    match msgctl(queue, Command::Set, &mut impossible) {
        // No mode is checked for a change: EACCES comes from a security module such as SELinux.
        Err(Errno::EPERM | Errno::EACCES) => Ok(false),
        // Of a queue that is gone the kernel says the same, so look whether it is there.
        Err(Errno::EINVAL) => match read(queue) {
            Ok(_) | Err(Errno::EACCES) => Ok(true),
            Err(errno) => Err(errno),
        },
        Err(errno) => Err(errno),
        Ok(_) => unreachable!("no kernel takes -1 for a user"),
    }
}
// ANCHOR_END: may-change

/// What the kernel knows of the queue, in C's own structure.
pub(crate) fn read(queue: Queue) -> nix::Result<libc::msqid_ds> {
    let mut status = blank();
    msgctl(queue, Command::Stat, &mut status)?;
    Ok(status)
}

/// The same without the right to read, which changing a queue does not need.
#[cfg(target_os = "linux")]
pub(crate) fn read_whatever_the_mode(queue: Queue) -> nix::Result<libc::msqid_ds> {
    match read(queue) {
        Err(Errno::EACCES) => match read_place(queue.id()) {
            // The kernel goes by the place that is part of the id, and says who lives there.
            Ok((found, status)) if found == queue => Ok(status),
            // Somebody else does, or Linux is older than 4.17: the first answer holds.
            Ok(_) | Err(Errno::EINVAL) => read(queue),
            Err(errno) => Err(errno),
        },
        answer => answer,
    }
}

/// What is at a place of the kernel's table, whatever its mode.
#[cfg(target_os = "linux")]
pub(crate) fn read_place(place: c_int) -> nix::Result<(Queue, libc::msqid_ds)> {
    let mut status = blank();
    let id = msgctl(Queue::from_id(place), Command::StatAny, &mut status)?;
    Ok((Queue::from_id(id), status))
}

#[cfg(not(target_os = "linux"))]
use read as read_whatever_the_mode;

// ANCHOR: msgctl
/// The commands whose third argument is a `msqid_ds` or ignored. Others write other structures.
#[repr(i32)]
#[derive(Clone, Copy)]
enum Command {
    Stat = libc::IPC_STAT,
    /// MSG_STAT_ANY, which libc has no name for; musl marks both where its `time_t` is longer.
    #[cfg(target_os = "linux")]
    StatAny = 13 | libc::IPC_STAT & 0x100,
    Set = libc::IPC_SET,
    Remove = libc::IPC_RMID,
}

/// The one place that calls msgctl(2). The number it returns means something to `StatAny` alone.
fn msgctl(queue: Queue, command: Command, status: &mut libc::msqid_ds) -> nix::Result<c_int> {
    // SAFETY: IPC_STAT and MSG_STAT_ANY write one `msqid_ds` at the pointer, IPC_SET reads one,
    // IPC_RMID does neither; there is one, mutably borrowed, its fields initialised. They are
    // integers, so whatever the kernel writes is valid; it ignores the padding. The id is a
    // number: one that names no queue gives an errno.
    let done = unsafe { libc::msgctl(queue.id(), command as c_int, status) };
    Errno::result(done)
}

fn blank() -> libc::msqid_ds {
    // SAFETY: a `msqid_ds` consists of integers and padding (on FreeBSD also two unused pointers,
    // which may be null), for which zeroes are valid.
    unsafe { MaybeUninit::zeroed().assume_init() }
}
// ANCHOR_END: msgctl
