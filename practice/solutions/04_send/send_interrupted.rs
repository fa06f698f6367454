use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;

/// Sends a message of type 1. Waits for room, in the kernel, as long as it takes; a signal does not
/// end that.
///
/// Every other error ends it, and is returned.
fn send_whatever_comes(sender: &mut Sender, bytes: &[u8]) -> nix::Result<()> {
    loop {
        match sender.send(MessageType::ONE, bytes) {
            Err(Errno::EINTR) => {}
            done => return done,
        }
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
