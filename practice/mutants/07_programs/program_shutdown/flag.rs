//! Mistake: sets a flag in a handler, and looks at it before falling asleep
//! Message: the signal came after its last look
//! Message: the door to be shut (capacity 0)

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use ch02_create::{Mode, Queue};
use ch05_receive::{Receiver, Select};
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;
use nix::sys::signal::{self, SaFlags, SigAction, SigHandler, SigSet, Signal};

static STOP: AtomicBool = AtomicBool::new(false);

extern "C" fn stop(_: i32) {
    STOP.store(true, Ordering::SeqCst);
}

/// Prints what arrives until somebody asks it to stop: SIGINT, SIGTERM, or a message that says `exit`.
///
/// What happens then is the same, whoever asks. The kernel accepts nothing more. What it has accepted is printed; then the
/// queue is removed, and `serve` returns. It is called by the program's first thread, before any other is started.
fn serve(queue: OwnedQueue, output: &mut impl Write) -> io::Result<()> {
    let handler = SigHandler::Handler(stop);
    let action = SigAction::new(handler, SaFlags::empty(), SigSet::empty());
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        // SAFETY: the handler does nothing but store into an atomic.
        unsafe { signal::sigaction(signal, &action)? };
    }
    print_all(queue.queue(), output)?;
    queue.close(|message| {
        let _ = writeln!(output, "Server received: {}", message.text().escape_ascii());
    })?;
    Ok(())
}

/// Prints what arrives until the queue is gone.
fn print_all(queue: Queue, output: &mut impl Write) -> io::Result<()> {
    let mut receiver = Receiver::new(queue);
    while !STOP.load(Ordering::SeqCst) {
        output.flush()?;
        match receiver.recv(Select::Any) {
            Ok(message) => {
                let text = message.text().escape_ascii();
                writeln!(output, "Server received: {text}")?;
                if message.text() == b"exit" {
                    STOP.store(true, Ordering::SeqCst);
                }
            }
            Err(Errno::EINTR) => {}
            Err(Errno::EIDRM | Errno::EINVAL) => return Ok(()),
            Err(errno) => return Err(errno.into()),
        }
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?;
    // If the server waits for ever.
    practice::at_most(2, queue.id());
    for text in ["hello\0", "exit\0", "behind\0"] {
        practice::send(queue.id(), 1, text.as_bytes())?;
    }
    serve(OwnedQueue::new(queue), &mut io::stdout())?;
    println!("Server shutting down...");
    Ok(())
}
