// Assemble a clean shutdown: a signal or an "exit" stops the server, and no message that was
// accepted is lost.
//
// This version prints well, but a signal kills it where it stands, and "exit" destroys what
// follows it. The tests start it in a process of its own and send the signals at the worst moments:
// while it sleeps, while it prints, and between its last look and the moment it falls asleep.
//
// What you need beside the chapter's listings: nix::sys::signal (SigSet, Signal, kill) and
// nix::unistd::Pid; close_once_empty is chapter 6's, a method of OwnedQueue.

use std::io::{self, Write};

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;

/// Prints what arrives until somebody asks it to stop: SIGINT, SIGTERM, or a message that says
/// `exit`.
///
/// What happens then is the same, whoever asks. The kernel accepts nothing more. What it has
/// accepted is printed; then the queue is removed, and `serve` returns. It is called by the
/// program's first thread, before any other is started.
fn serve(queue: OwnedQueue, output: &mut impl Write) -> io::Result<()> {
    // TODO: who waits for the signals, and what does it do when one has come?
    print_all(queue.queue(), output)
}

/// Prints what arrives until the queue is gone.
fn print_all(queue: Queue, output: &mut impl Write) -> io::Result<()> {
    let mut receiver = Receiver::new(queue);
    loop {
        output.flush()?;
        match receiver.recv(Select::Any) {
            Ok(message) => {
                let text = message.text().escape_ascii();
                writeln!(output, "Server received: {text}")?;
                if message.text() == b"exit" {
                    // TODO: what follows it in the queue is lost.
                    return Ok(());
                }
            }
            Err(Errno::EINTR) => {}
            Err(Errno::EIDRM | Errno::EINVAL) => return Ok(()),
            Err(errno) => return Err(errno.into()),
        }
    }
}

fn main() {
    practice::with_queue(&["hello\0", "exit\0", "after\0"], |queue| {
        let served = serve(OwnedQueue::new(queue), &mut io::stdout());
        println!("Server shutting down: {served:?}");
    });
}

#[cfg(test)]
#[path = "../../checks/07_server/program_shutdown.rs"]
mod tests; // the functions marked #[test]
