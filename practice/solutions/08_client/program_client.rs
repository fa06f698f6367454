use std::io::{self, BufRead};

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;

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
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(report);
        }
        if line.last() == Some(&b'\n') {
            line.pop();
        }
        if line.len() > LONGEST || line.contains(&0) {
            report.refused += 1;
            continue;
        }
        line.push(0);
        send(&mut sender, &line)?;
        report.sent += 1;
        if line == b"exit\0" {
            return Ok(report);
        }
    }
}

/// Sends these bytes, and waits for room as long as it takes.
fn send(sender: &mut Sender, bytes: &[u8]) -> nix::Result<()> {
    loop {
        match sender.send(MessageType::ONE, bytes) {
            Err(Errno::EINTR) => {}
            done => return done,
        }
    }
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
