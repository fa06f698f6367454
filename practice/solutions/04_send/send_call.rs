use std::ffi::c_int;

use ch03_structure::{Envelope, MessageType};
use nix::errno::Errno;

/// Puts the message in this envelope into the queue `id`.
///
/// If its last byte is a NUL, that byte is not sent; all the others are, also when they are NULs.
///
/// If the queue is full, it waits for room when `wait` says so; otherwise it returns `EAGAIN`.
/// Other errors are returned too, `EINTR` among them.
fn send(id: c_int, envelope: &Envelope, wait: bool) -> nix::Result<()> {
    let bytes = envelope.bytes();
    let size = bytes.strip_suffix(b"\0").unwrap_or(bytes).len();
    let flags = if wait { 0 } else { libc::IPC_NOWAIT };
    // SAFETY: the kernel reads a `c_long` and `size` bytes from the pointer. The envelope has them,
    // as `size` is no more than its length, and it is borrowed until the call returns.
    let done = unsafe { libc::msgsnd(id, envelope.as_ptr(), size, flags) };
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
