use std::ffi::c_int;

use ch03_structure::{Envelope, MessageType};
use nix::errno::Errno;

/// Puts the message in this envelope into the queue `id`.
///
/// If the queue is full, it waits for room when `wait` says so; otherwise it returns `EAGAIN`.
/// Other errors are returned too.
fn send(id: c_int, envelope: &Envelope, wait: bool) -> nix::Result<()> {
    let flags = if wait { 0 } else { libc::IPC_NOWAIT };
    // SAFETY: the kernel reads a `c_long` and `len` bytes behind the pointer. The envelope has
    // them, and is borrowed until the call returns.
    let done = unsafe { libc::msgsnd(id, envelope.as_ptr(), envelope.len(), flags) };
    Errno::result(done).map(drop)
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
