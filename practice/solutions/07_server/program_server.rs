use std::io::{self, Write};

use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use nix::errno::Errno;

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
    let mut shown = String::new();
    for letter in String::from_utf8_lossy(text).chars() {
        if letter.is_control() {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    shown
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
    loop {
        output.flush()?;
        match receiver.recv(Select::Any) {
            Ok(message) => {
                let text = message.text();
                writeln!(output, "Server received: {}", shown(text))?;
                if text == b"exit" {
                    return Ok(End::Exit);
                }
            }
            Err(Errno::EINTR) => {}
            Err(Errno::EIDRM | Errno::EINVAL) => return Ok(End::Gone),
            Err(errno) => return Err(errno.into()),
        }
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
