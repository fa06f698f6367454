//! Mistake: hands EINTR on
//! Message: and you give up (Err(EINTR))

use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;

/// Sends a message of type 1. Waits for room, in the kernel, as long as it takes; a signal does not end that.
///
/// Every other error ends it, and is returned.
fn send_whatever_comes(sender: &mut Sender, bytes: &[u8]) -> nix::Result<()> {
    sender.send(MessageType::ONE, bytes).inspect_err(|errno| {
        if *errno == Errno::EINTR {
            eprintln!("interrupted");
        }
    })
}

fn main() {
    let Ok(queue) = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR) else {
        return println!("this system takes no more queues");
    };
    let sent = send_whatever_comes(&mut Sender::new(queue), b"hello\0");
    println!("sent: {sent:?}");
    practice::remove(queue.id());
}
