// Assemble a client: what is read, line by line, becomes messages.
//
// This version sends one line, as it was typed, and only if there is room. At the other end is a
// program with room for 256 bytes: it wants a text and one NUL, and never half a line.
//
// What you need beside the chapter's listings: nix::errno::Errno. `read_until` has no limit; the
// chapter's client has.

use std::io::{self, BufRead};

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;

/// The longest text that fits, with its NUL, into 256 bytes.
const LONGEST: usize = 255;

/// What has become of the lines.
#[derive(Debug, Default, PartialEq, Eq)]
struct Report {
    sent: usize,
    refused: usize,
}

/// Sends the lines of `input` as messages of type 1: the bytes of the line, without its newline,
/// and a NUL.
///
/// A line that is longer than `LONGEST`, or has a NUL in it, is refused: nothing of it is sent, and
/// the next line is looked at. The line `exit` is sent, counts as sent, and is the last one. The
/// end of the input sends nothing, and ends the client alone; a last line needs no newline.
///
/// A full queue makes the client wait, in the kernel, and a signal does not end that. The queue is
/// the server's. Any other error of reading or sending is returned.
fn talk(mut input: impl BufRead, queue: Queue) -> io::Result<Report> {
    let mut sender = Sender::new(queue);
    let mut report = Report::default();
    let mut line = Vec::new();
    // TODO: one line is not all of them, and a line is not yet a message.
    input.read_until(b'\n', &mut line)?;
    if line.len() > LONGEST {
        report.refused += 1;
    } else {
        sender.try_send(MessageType::ONE, &line)?;
        report.sent += 1;
    }
    Ok(report)
}

fn main() {
    practice::with_queue(&[], |queue| {
        println!("{:?}", talk(&b"hello\nexit\n"[..], queue));
        while let Some(message) = practice::receive(queue.id()) {
            println!("a message: {}", message.bytes.escape_ascii());
        }
    });
}

#[cfg(test)]
#[path = "../../checks/08_client/program_client.rs"]
mod tests; // the functions marked #[test]
