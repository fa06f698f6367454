use std::os::fd::{AsFd, AsRawFd, BorrowedFd};

use nix::errno::Errno;
use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockType, recv, send, socketpair};

/// The longest message.
const MOST: usize = 4096;

/// What each packet begins with, so that none is empty.
const MARK: u8 = b'm';

/// Sends a message as one packet. It may be empty; one that is longer than `MOST` is EMSGSIZE, and
/// nothing is sent. Every other error is returned, as it is.
fn send_message(socket: BorrowedFd, bytes: &[u8]) -> nix::Result<()> {
    if bytes.len() > MOST {
        return Err(Errno::EMSGSIZE);
    }
    let packet = [&[MARK], bytes].concat();
    send(socket.as_raw_fd(), &packet, MsgFlags::empty()).map(drop)
}

/// Takes the next message out, and waits for one. At the end it is `None`: the other side has
/// closed its socket, and all is read.
///
/// A packet that is too long for a message (anybody may have sent it) is EMSGSIZE, and gone. Every
/// other error is returned, as it is.
fn receive_message(socket: BorrowedFd) -> nix::Result<Option<Vec<u8>>> {
    // The mark, a message, and a byte that only what is too long reaches.
    let mut packet = [0; 1 + MOST + 1];
    let length = recv(socket.as_raw_fd(), &mut packet, MsgFlags::empty())?;
    if length == packet.len() {
        return Err(Errno::EMSGSIZE);
    }
    let message = packet[..length].split_first();
    Ok(message.map(|(_, bytes)| bytes.to_vec()))
}

fn main() -> nix::Result<()> {
    let (kind, flags) = (SockType::SeqPacket, SockFlag::empty());
    let (here, there) = socketpair(AddressFamily::Unix, kind, None, flags)?;
    for text in ["hello", "", "world"] {
        send_message(here.as_fd(), text.as_bytes())?;
    }
    drop(here);
    for _ in 0..4 {
        let received = receive_message(there.as_fd())?;
        println!("{:?}", received.as_deref().map(String::from_utf8_lossy));
    }
    println!("too long would be {:?}", Errno::EMSGSIZE);
    Ok(())
}

#[cfg(test)]
#[path = "../../checks/13_other_queues/other_empty.rs"]
mod tests; // the functions marked #[test]
