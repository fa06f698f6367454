// Use the types: a display for the temperature, which needs the newest value and no old one.
//
// The sensor sends more than the display reads. When the queue is full, this version gives the
// newest value up. The oldest must go instead, and whoever sends has to know what was dropped.
//
// Others are at work meanwhile: they take messages out, put some in, or shut the door (a capacity
// of 0).

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;

/// Sends a message of type 1, and never waits. While the queue is full, takes the oldest message
/// out, of whatever type, one at a time, and adds its bytes to `dropped`.
///
/// What is dropped is in `dropped` also if an error follows, and every error is returned. A message
/// that would not fit if the queue were empty (its capacity is in `Status`; a capacity of 0 takes
/// not even a message without bytes) is EMSGSIZE, and then nothing more is dropped for it.
fn send_newest(queue: Queue, bytes: &[u8], dropped: &mut Vec<Vec<u8>>) -> nix::Result<()> {
    // TODO: when it is full, this drops the wrong one. What helps: ch06_cleanup::Status, and
    // ch05_receive::{Receiver, Select}. And "full" may be over by the next call.
    match Sender::new(queue).try_send(MessageType::ONE, bytes) {
        Err(Errno::EAGAIN) => {
            dropped.push(bytes.to_vec());
            Ok(())
        }
        done => done,
    }
}

fn main() {
    practice::with_queue(&["20.5", "20.6"], |queue| {
        practice::set_capacity(queue, 8);
        let mut dropped = Vec::new();
        let sent = send_newest(queue, b"20.7", &mut dropped);
        println!("sent: {sent:?}, dropped: {dropped:?}");
    });
}

#[cfg(test)]
#[path = "../../checks/10_waiting/waiting_oldest.rs"]
mod tests; // the functions marked #[test]
