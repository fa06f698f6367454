use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::Status;
use nix::errno::Errno;

/// Sends a message of type 1, and never waits. While the queue is full, takes the oldest message
/// out, of whatever type, one at a time, and adds its bytes to `dropped`.
///
/// What is dropped is in `dropped` also if an error follows, and every error is returned. A message
/// that would not fit if the queue were empty (its capacity is in `Status`; a capacity of 0 takes
/// not even a message without bytes) is EMSGSIZE, and then nothing more is dropped for it.
fn send_newest(queue: Queue, bytes: &[u8], dropped: &mut Vec<Vec<u8>>) -> nix::Result<()> {
    let (mut sender, mut receiver) = (Sender::new(queue), Receiver::new(queue));
    loop {
        match sender.try_send(MessageType::ONE, bytes) {
            Err(Errno::EAGAIN) => {}
            done => return done,
        }
        // Each time: the door may have been shut meanwhile.
        if Status::of(queue)?.capacity < bytes.len().max(1) {
            return Err(Errno::EMSGSIZE);
        }
        // If there is none, somebody else has made the room.
        if let Some(oldest) = receiver.try_recv(Select::Any)? {
            dropped.push(oldest.bytes().to_vec());
        }
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
