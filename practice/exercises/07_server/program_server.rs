// Assemble a server: print what arrives, whoever has sent it, until somebody says "exit".
//
// This version prints one message, as it came, and leaves. The server that is wanted is awake when
// there is something to do and asleep when there is not, and strangers may write to it. Its queue
// is its caller's business. What you need beside the chapter's listings: nix::errno::Errno.

use std::io::{self, Write};

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};

/// Why serving has ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// Somebody has sent `exit`.
    Exit,
    /// The queue has been removed.
    Gone,
}

/// A text as the screen may have it: in one piece, on one line.
///
/// Control characters appear as `char::escape_default` writes them, `\n` or `\u{1b}`; what is not
/// UTF-8 is replaced. All else stays as it is.
fn shown(text: &[u8]) -> String {
    // TODO: ESC [ 2 J clears the screen, and a newline begins a line that nobody has printed.
    String::from_utf8_lossy(text).into_owned()
}

/// Prints each message as a line, `Server received: TEXT`, until one says `exit`, which is printed
/// too, or until the queue is removed.
///
/// The text ends before the first NUL; `shown` makes it fit for the screen. A message may be of any
/// type and any length. When there is nothing more to receive, everything printed is shown
/// (`flush`), and the thread sleeps in `msgrcv`. A signal ends nothing. The queue stays, with what
/// follows `exit` in it. Any other error is returned.
fn serve(queue: Queue, output: &mut impl Write) -> io::Result<End> {
    let mut receiver = Receiver::new(queue);
    // TODO: one message is not all of them, and not every error is the end.
    match receiver.recv(Select::Any) {
        Ok(message) => {
            writeln!(output, "Server received: {}", shown(message.text()))?;
            Ok(End::Exit)
        }
        Err(_) => Ok(End::Gone),
    }
}

fn main() {
    practice::with_queue(&["hello\0", "exit\0"], |queue| {
        println!("served: {:?}", serve(queue, &mut io::stdout()));
    });
}

#[cfg(test)]
#[path = "../../checks/07_server/program_server.rs"]
mod tests; // the functions marked #[test]
