use std::io::{self, Write};
use std::thread;

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;
use nix::sys::signal::{self, SigSet, Signal};
use nix::unistd::Pid;

/// Prints what arrives until somebody asks it to stop: SIGINT, SIGTERM, or a message that says
/// `exit`.
///
/// What happens then is the same, whoever asks. The kernel accepts nothing more. What it has
/// accepted is printed; then the queue is removed, and `serve` returns. It is called by the
/// program's first thread, before any other is started.
fn serve(queue: OwnedQueue, output: &mut impl Write) -> io::Result<()> {
    let signals = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM]);
    signals.thread_block()?;
    let name = queue.queue();
    // Waits for a signal, and closes the queue. The removal wakes the thread that prints.
    thread::spawn(move || -> nix::Result<()> {
        signals.wait()?;
        queue.close_once_empty()
    });
    print_all(name, output)
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
                    signal::kill(Pid::this(), Signal::SIGTERM)?;
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
