// Find the bug: a conversation that ends at the first message without bytes.
//
// A Unix socket of the kind SOCK_SEQPACKET keeps boundaries: each `send` is a packet, each `recv`
// takes one out. But after an empty packet `recv` returns 0, and at the end it does too. And of a
// packet that is longer than the buffer the rest is thrown away; nobody is told.
//
// Both functions are yours: what is in a packet is for you to decide.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd};

use nix::errno::Errno;
use nix::sys::socket::{AddressFamily, MsgFlags, SockFlag, SockType, recv, send, socketpair};

/// The longest message.
const MOST: usize = 4096;

/// Sends a message as one packet. It may be empty; one that is longer than `MOST` is EMSGSIZE, and
/// nothing is sent. Every other error is returned, as it is.
fn send_message(socket: BorrowedFd, bytes: &[u8]) -> nix::Result<()> {
    // TODO: what could be in a packet, so that none is empty?
    send(socket.as_raw_fd(), bytes, MsgFlags::empty()).map(drop)
}

/// Takes the next message out, and waits for one. At the end it is `None`: the other side has
/// closed its socket, and all is read.
///
/// A packet that is too long for a message (anybody may have sent it) is EMSGSIZE, and gone. Every
/// other error is returned, as it is.
fn receive_message(socket: BorrowedFd) -> nix::Result<Option<Vec<u8>>> {
    let mut packet = [0; MOST];
    // TODO: three things can have come. How do you tell them from one another?
    match recv(socket.as_raw_fd(), &mut packet, MsgFlags::empty())? {
        0 => Ok(None),
        length => Ok(Some(packet[..length].to_vec())),
    }
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
