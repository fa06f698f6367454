// Write the call: hand the message in an envelope to the kernel.
//
// An `Envelope` of chapter 3 lays the message out as msgsnd(2) wants it. What is left is the call,
// with its four arguments, and what it returns.
//
// Not quite the listing of the chapter: this receiver goes by the length that the kernel gives it,
// so the NUL that ends a text in C need not travel.
//
// The errors of the calls are nix::errno::Errno.

use std::ffi::c_int;

use ch03_structure::{Envelope, MessageType};

/// Puts the message in this envelope into the queue `id`.
///
/// If its last byte is a NUL, that byte is not sent; all the others are, also when they are NULs.
///
/// If the queue is full, it waits for room when `wait` says so; otherwise it returns `EAGAIN`.
/// Other errors are returned too, `EINTR` among them.
fn send(id: c_int, envelope: &Envelope, wait: bool) -> nix::Result<()> {
    // TODO: how many bytes must be sent? Call libc::msgsnd in an `unsafe` block, and say in a
    // SAFETY comment what it reads. Then make a Result of what it returns.
    println!("{} bytes for queue {id}, waiting: {wait}", envelope.len());
    Ok(())
}

fn main() {
    practice::with_queue(&[], |queue| {
        let mut envelope = Envelope::new();
        envelope.fill(MessageType::ONE, b"hello\0");
        println!("sent: {:?}", send(queue.id(), &envelope, false));
        println!("arrived: {:?}", practice::receive(queue.id()));
    });
}

#[cfg(test)]
#[path = "../../checks/04_send/send_call.rs"]
mod tests; // the functions marked #[test]
