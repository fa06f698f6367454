//! msgrcv(2) with the flags and sizes that the library makes impossible.

use std::ffi::{c_int, c_long, c_void};

use ch02_create::Queue;
use nix::errno::Errno;

const ROOM: usize = 64;

#[repr(C)]
struct Message {
    message_type: c_long,
    bytes: [u8; ROOM],
}

/// Receives at most `size` bytes of the message that `wanted` and `flags` choose; does not wait
/// unless `MSG_COPY` comes without `IPC_NOWAIT`. Returns its type and what came of it.
pub(crate) fn receive(
    queue: Queue,
    size: usize,
    wanted: c_long,
    flags: c_int,
) -> nix::Result<(c_long, Vec<u8>)> {
    assert!(size <= ROOM);
    let mut message = Message { message_type: 0, bytes: [b'-'; ROOM] };
    let start = (&raw mut message).cast();
    // SAFETY: the kernel writes a `c_long` and at most `size` bytes behind the pointer: the fields
    // of `message`, which is `repr(C)`, in this order, and without padding between them.
    let len = unsafe { libc::msgrcv(queue.id(), start, size, wanted, flags) };
    let len = Errno::result(len)? as usize;
    Ok((message.message_type, message.bytes[..len].to_vec()))
}

/// Receives to where nothing can be written.
pub(crate) fn receive_nowhere(queue: Queue) -> nix::Result<isize> {
    let nowhere: *mut c_void = std::ptr::null_mut();
    // SAFETY: the kernel checks where it writes: nothing is mapped at address 0, and it says
    // EFAULT.
    Errno::result(unsafe { libc::msgrcv(queue.id(), nowhere, ROOM, 0, libc::IPC_NOWAIT) })
}
