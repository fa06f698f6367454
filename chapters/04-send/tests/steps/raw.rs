//! The calls of chapters 5 and 6, which this one cannot use yet.

use std::ffi::{c_int, c_long};
use std::mem::MaybeUninit;

use ch02_create::Queue;
use nix::errno::Errno;

/// More than the longest message that a system allows by default.
pub(crate) const ROOM: usize = 10_000;

#[repr(C)]
struct Message {
    message_type: c_long,
    bytes: [u8; ROOM],
}

/// Takes the oldest message of this type (0: of any), its type and its bytes; waits with flags 0.
pub(crate) fn receive(
    queue: Queue,
    wanted: c_long,
    flags: c_int,
) -> nix::Result<(c_long, Vec<u8>)> {
    let mut message = Message { message_type: 0, bytes: [b'-'; ROOM] };
    let start = (&raw mut message).cast();
    // SAFETY: the kernel writes a `c_long` and at most `ROOM` bytes behind the pointer: the fields
    // of `message`, which is `repr(C)`, in this order, and without padding between them.
    let len = unsafe { libc::msgrcv(queue.id(), start, ROOM, wanted, flags) };
    let len = Errno::result(len)? as usize;
    Ok((message.message_type, message.bytes[..len].to_vec()))
}

/// Takes the oldest message out, which must be there.
pub(crate) fn take(queue: Queue) -> (c_long, Vec<u8>) {
    receive(queue, 0, libc::IPC_NOWAIT).expect("there is a message")
}

/// How many bytes the queue may hold.
pub(crate) fn set_capacity(queue: Queue, bytes: u32) {
    let mut status = MaybeUninit::<libc::msqid_ds>::uninit();
    // SAFETY: IPC_STAT writes one `msqid_ds` behind the pointer, and there is room for one.
    let done = unsafe { libc::msgctl(queue.id(), libc::IPC_STAT, status.as_mut_ptr()) };
    Errno::result(done).expect("the queue is ours");
    // SAFETY: the call has succeeded, so the kernel has written all of it.
    let mut status = unsafe { status.assume_init() };
    status.msg_qbytes = bytes.into();
    // SAFETY: IPC_SET reads one `msqid_ds`, which is there.
    let done = unsafe { libc::msgctl(queue.id(), libc::IPC_SET, &raw mut status) };
    Errno::result(done).expect("the queue is ours");
}
