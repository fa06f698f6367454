// Use the types: a log that must not stop its program.
//
// A program writes its log into a queue. When nobody reads the queue it fills up, and with this
// version the program stops, in the middle of its work. It must send what fits, and keep the rest
// for later.
//
// The errors of the calls are nix::errno::Errno.

use ch03_structure::MessageType;
use ch04_send::Sender;

/// Sends the lines in their order, each as a message of type 1, as long as there is room, and
/// returns how many were sent.
///
/// Never waits. A full queue is not an error; whatever else happens is one, and is returned, also
/// when lines before it were sent.
fn send_what_fits(sender: &mut Sender, lines: &[&str]) -> nix::Result<usize> {
    // TODO: `send` waits. Which method does not, and how does it say that the queue is full?
    for line in lines {
        sender.send(MessageType::ONE, line.as_bytes())?;
    }
    Ok(lines.len())
}

fn main() {
    practice::with_queue(&[], |queue| {
        let lines = ["one", "two", "three"];
        let sent = send_what_fits(&mut Sender::new(queue), &lines);
        println!("of {} lines were sent: {sent:?}", lines.len());
    });
}

#[cfg(test)]
#[path = "../../checks/04_send/send_full.rs"]
mod tests; // the functions marked #[test]
