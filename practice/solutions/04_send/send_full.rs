use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;

/// Sends the lines in their order, each as a message of type 1, as long as there is room, and
/// returns how many were sent.
///
/// Never waits. A full queue is not an error; whatever else happens is one, and is returned, also
/// when lines before it were sent.
fn send_what_fits(sender: &mut Sender, lines: &[&str]) -> nix::Result<usize> {
    let mut sent = 0;
    for line in lines {
        match sender.try_send(MessageType::ONE, line.as_bytes()) {
            Ok(()) => sent += 1,
            Err(Errno::EAGAIN) => break,
            Err(errno) => return Err(errno),
        }
    }
    Ok(sent)
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
