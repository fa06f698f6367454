//! Messages as the kernel has them, without any code that an exercise is about.

use std::ffi::{c_int, c_long};
use std::ptr;

use nix::errno::Errno;

/// The longest message that [`receive`] and [`send`] handle: `msgmax`, unless somebody raised it.
const ROOM: usize = 8192;

/// C's `struct msgbuf`, with the room that a test needs.
#[repr(C)]
struct Buffer {
    message_type: c_long,
    bytes: [u8; ROOM],
}

/// A message that was taken out of a queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawMessage {
    /// Its type.
    pub message_type: c_long,
    /// Its bytes, exactly those that were sent.
    pub bytes: Vec<u8>,
}

/// Takes the oldest message out of the queue `id`; `None` if it is empty. Never waits.
///
/// # Panics
///
/// When there is no such queue, or the message is longer than 8,192 bytes.
#[track_caller]
pub fn receive(id: c_int) -> Option<RawMessage> {
    let mut buffer = Buffer { message_type: 0, bytes: [0; ROOM] };
    // SAFETY: behind the pointer lie a `c_long` and `ROOM` bytes, all of them ours to be written
    // for the time of the call, and any bytes are valid for both fields.
    let length = unsafe { libc::msgrcv(id, (&raw mut buffer).cast(), ROOM, 0, libc::IPC_NOWAIT) };
    match Errno::result(length) {
        Ok(length) => Some(RawMessage {
            message_type: buffer.message_type,
            bytes: buffer.bytes[..length.unsigned_abs()].to_vec(),
        }),
        Err(Errno::ENOMSG) => None,
        Err(errno) => panic!("the test cannot look into the queue with id {id}: {errno}"),
    }
}

/// Puts a message into the queue `id`. Never waits.
///
/// # Errors
///
/// Those of msgsnd(2), `EAGAIN` if the queue is full.
///
/// # Panics
///
/// When there are more than 8,192 bytes.
pub fn send(id: c_int, message_type: c_long, bytes: &[u8]) -> nix::Result<()> {
    let memory = [&message_type.to_ne_bytes(), bytes].concat();
    send_raw(id, &memory, bytes.len())
}

/// Calls `msgsnd` for what lies in `memory`, with a size that may be wrong. Never waits.
///
/// Behind `memory` lie bytes of value [`TRAILING`], for a size that is too large.
///
/// # Errors
///
/// Those of msgsnd(2), `EAGAIN` if the queue is full.
///
/// # Panics
///
/// When `memory` or `size` is larger than a message can be.
pub fn send_raw(id: c_int, memory: &[u8], size: usize) -> nix::Result<()> {
    const WORD: usize = size_of::<c_long>();
    assert!(
        size <= ROOM && memory.len() <= WORD + ROOM,
        "a message has at most {ROOM} bytes, and not {size}"
    );
    let mut words = vec![c_long::from_ne_bytes([TRAILING; WORD]); 1 + ROOM / WORD];
    for (word, bytes) in words.iter_mut().zip(memory.chunks(WORD)) {
        let mut whole = [TRAILING; WORD];
        whole[..bytes.len()].copy_from_slice(bytes);
        *word = c_long::from_ne_bytes(whole);
    }
    // SAFETY: behind the pointer lie a `c_long` and `ROOM` bytes, all of them initialised, and
    // `size` is no more than `ROOM`.
    let result = unsafe { libc::msgsnd(id, words.as_ptr().cast(), size, libc::IPC_NOWAIT) };
    Errno::result(result).map(drop)
}

/// What lies behind the memory that [`send_raw`] is given.
pub const TRAILING: u8 = 0xee;

/// Removes the queue `id`, with all that is in it.
///
/// # Panics
///
/// When there is no such queue, or it is not yours.
#[track_caller]
pub fn remove(id: c_int) {
    // SAFETY: IPC_RMID takes no third argument; the kernel does not look at the null pointer.
    let result = unsafe { libc::msgctl(id, libc::IPC_RMID, ptr::null_mut()) };
    if let Err(errno) = Errno::result(result) {
        panic!("cannot remove the queue with id {id}: {errno}");
    }
}
