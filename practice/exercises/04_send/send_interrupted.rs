// Find the bug: a program loses a message whenever somebody changes the size of its window.
//
// The terminal announces a new size with a signal, SIGWINCH, and the program has a handler for
// that. The messages that are lost are those that were waiting for room.

use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;

/// Sends a message of type 1. Waits for room, in the kernel, as long as it takes; a signal does not
/// end that.
///
/// Every other error ends it, and is returned.
fn send_whatever_comes(sender: &mut Sender, bytes: &[u8]) -> nix::Result<()> {
    // TODO: which other errors are there, and what does each say about the message?
    match sender.send(MessageType::ONE, bytes) {
        Err(Errno::EINVAL) => Err(Errno::EINVAL),
        _ => Ok(()),
    }
}

fn main() {
    practice::with_queue(&[], |queue| {
        let sent = send_whatever_comes(&mut Sender::new(queue), b"hello\0");
        println!("sent: {sent:?}");
    });
}

#[cfg(test)]
#[path = "../../checks/04_send/send_interrupted.rs"]
mod tests; // the functions marked #[test]
