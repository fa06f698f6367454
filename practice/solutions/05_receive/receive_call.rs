use std::ffi::c_int;

use ch03_structure::{Envelope, MessageType};
use nix::errno::Errno;

/// Takes the oldest message of the type `wanted` out of the queue `id`, into this envelope, if
/// there is one now.
///
/// Returns whether there was one; never waits. A message that is longer than the envelope stays in
/// the queue, and the kernel's error is returned, as all others are.
fn take(id: c_int, wanted: MessageType, envelope: &mut Envelope) -> nix::Result<bool> {
    let (room, memory) = (envelope.capacity(), envelope.as_mut_ptr());
    // SAFETY: the kernel writes a `c_long` and at most `room` bytes behind the pointer. The
    // envelope has them, and is borrowed mutably until the call returns.
    let length = unsafe { libc::msgrcv(id, memory, room, wanted.raw(), libc::IPC_NOWAIT) };
    match Errno::result(length) {
        Ok(length) => {
            envelope.set_received(length.unsigned_abs());
            Ok(true)
        }
        Err(Errno::ENOMSG) => Ok(false),
        Err(errno) => Err(errno),
    }
}

fn main() {
    practice::with_queue(&["hello\0"], |queue| {
        let mut envelope = Envelope::new();
        let taken = take(queue.id(), MessageType::ONE, &mut envelope);
        println!("taken: {taken:?}, {} bytes", envelope.len());
    });
}

#[cfg(test)]
#[path = "../../checks/05_receive/receive_call.rs"]
mod tests; // the functions marked #[test]
