use std::ffi::c_int;

use ch03_structure::Envelope;
use nix::errno::Errno;

/// Takes the oldest message, if it fits; waits if there is none. `E2BIG`: it does not fit, and is
/// still there.
fn receive_once(id: c_int, envelope: &mut Envelope) -> nix::Result<()> {
    let (room, memory) = (envelope.capacity(), envelope.as_mut_ptr());
    // SAFETY: the kernel writes a `c_long` and at most `room` bytes behind the pointer. The
    // envelope has them, and is borrowed mutably until the call returns.
    let length = unsafe { libc::msgrcv(id, memory, room, 0, 0) };
    envelope.set_received(Errno::result(length)?.unsigned_abs());
    Ok(())
}

/// Takes the oldest message, whole, however long it is, and whatever room the envelope has; waits
/// if there is none. Every other error than `E2BIG` ends this, and is returned.
fn receive(id: c_int, envelope: &mut Envelope) -> nix::Result<()> {
    loop {
        match receive_once(id, envelope) {
            Err(Errno::E2BIG) => envelope.reserve(2 * envelope.capacity() + 1),
            done => return done,
        }
    }
}

fn main() {
    practice::with_queue(&["hello\0"], |queue| {
        let received = receive(queue.id(), &mut Envelope::with_capacity(256));
        println!("received: {received:?}");
    });
}

#[cfg(test)]
#[path = "../../checks/05_receive/receive_poison.rs"]
mod tests; // the functions marked #[test]
