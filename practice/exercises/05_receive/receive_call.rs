// Write the call: take one message of a certain type out of a queue.
//
// The envelope of chapter 3 has the memory, and knows how much of it. msgrcv(2) has five arguments
// and three kinds of answer: a length, "there is none", and everything else.
//
// The errors of the calls are nix::errno::Errno.

use std::ffi::c_int;

use ch03_structure::{Envelope, MessageType};

/// Takes the oldest message of the type `wanted` out of the queue `id`, into this envelope, if
/// there is one now.
///
/// Returns whether there was one; never waits. A message that is longer than the envelope stays in
/// the queue, and the kernel's error is returned, as all others are.
fn take(id: c_int, wanted: MessageType, envelope: &mut Envelope) -> nix::Result<bool> {
    // TODO: call libc::msgrcv in an `unsafe` block, and say in a SAFETY comment what it writes.
    // When a message has come, the envelope has to be told how long it is: `set_received`.
    println!("type {} from queue {id}: room for {}", wanted.raw(), envelope.capacity());
    Ok(false)
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
