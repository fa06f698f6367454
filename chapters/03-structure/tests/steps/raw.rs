//! The calls of chapters 2, 4 and 5, and none of what makes them safe there.

use std::ffi::c_long;

use ch03_structure::Envelope;
use nix::errno::Errno;
use support::Room;

/// A queue in this room.
pub(crate) fn queue(room: &Room) -> i32 {
    // SAFETY: msgget takes two numbers and touches no memory of ours.
    let id = unsafe { libc::msgget(room.key(), libc::IPC_CREAT | libc::IPC_EXCL | 0o600) };
    Errno::result(id).expect("the key is unused")
}

/// Something that begins with a C `long`, and is all initialised.
///
/// # Safety
///
/// It is `repr(C)`, its first field is a `c_long`, and it has no padding; any bytes are valid in
/// it.
pub(crate) unsafe trait Plain: Copy {}

/// Sends `size` of the bytes that stand behind the `long` at the start of `message`.
pub(crate) fn send<T: Plain>(id: i32, message: &T, size: usize) -> nix::Result<()> {
    assert!(size_of::<c_long>() + size <= size_of::<T>());
    // SAFETY: the kernel reads a `c_long` and `size` bytes behind the pointer, which are inside of
    // `message` (see above) and initialised (`Plain`).
    let done = unsafe { libc::msgsnd(id, (&raw const *message).cast(), size, libc::IPC_NOWAIT) };
    Errno::result(done).map(drop)
}

/// Receives the oldest message, with at most `size` bytes, into `message`.
pub(crate) fn receive<T: Plain>(id: i32, message: &mut T, size: usize) -> nix::Result<usize> {
    assert!(size_of::<c_long>() + size <= size_of::<T>());
    // SAFETY: the kernel writes a `c_long` and at most `size` bytes behind the pointer, which are
    // inside of `message` (see above), where any bytes are valid (`Plain`).
    let len = unsafe { libc::msgrcv(id, (&raw mut *message).cast(), size, 0, libc::IPC_NOWAIT) };
    Errno::result(len).map(|len| len as usize)
}

/// Sends what is in the envelope.
pub(crate) fn send_envelope(id: i32, envelope: &Envelope) -> nix::Result<()> {
    // SAFETY: behind the pointer are a `c_long` and `len` bytes, all initialised.
    let done = unsafe { libc::msgsnd(id, envelope.as_ptr(), envelope.len(), libc::IPC_NOWAIT) };
    Errno::result(done).map(drop)
}

/// Receives the oldest message into the envelope, which is told of it.
pub(crate) fn receive_envelope(id: i32, envelope: &mut Envelope) -> nix::Result<()> {
    let (room, message) = (envelope.capacity(), envelope.as_mut_ptr());
    // SAFETY: behind the pointer is room for a `c_long` and as many bytes as `capacity` says.
    let len = unsafe { libc::msgrcv(id, message, room, 0, libc::IPC_NOWAIT) };
    envelope.set_received(Errno::result(len)? as usize);
    Ok(())
}

/// A message with room for 64 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub(crate) struct Message {
    pub(crate) message_type: c_long,
    pub(crate) text: [u8; 64],
}

// SAFETY: `repr(C)`, a `c_long` first; 64 is a multiple of its alignment, so there is no padding.
unsafe impl Plain for Message {}

impl Message {
    pub(crate) fn new(message_type: c_long, fill: u8) -> Message {
        let text = [fill; 64];
        Message { message_type, text }
    }
}
