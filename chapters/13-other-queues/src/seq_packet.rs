//! Unix sockets that keep packets apart, and notice the end: unix(7), `SOCK_SEQPACKET`.

use std::io::IoSlice;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use nix::sys::socket::{MsgFlags, SockType, sendmsg};
use nix::unistd::close;

use crate::{MessageQueue, socket};

/// One end of a connection of packets. Both can send and receive.
#[derive(Debug)]
pub struct SeqPacket {
    socket: OwnedFd,
    buffer: Vec<u8>,
}

// ANCHOR: empty-packet
/// In front of each message: an empty packet is received as 0 bytes, and so is the end.
const MARK: [u8; 1] = [0];

impl SeqPacket {
    fn receive(&mut self, flags: MsgFlags) -> nix::Result<Option<&[u8]>> {
        let packet = socket::receive(&self.socket, &mut self.buffer, flags)?;
        Ok(packet.split_first().map(|(_mark, message)| message))
    }
}
// ANCHOR_END: empty-packet

impl MessageQueue for SeqPacket {
    const NAME: &'static str = "seqpacket";

    fn pair() -> nix::Result<(SeqPacket, SeqPacket)> {
        socket::pair(SockType::SeqPacket)
    }

    fn send(&mut self, message: &[u8]) -> nix::Result<()> {
        let packet = [IoSlice::new(&MARK), IoSlice::new(message)];
        // Without the flag, SIGPIPE ends a program that does not ignore it.
        sendmsg::<()>(self.socket.as_raw_fd(), &packet, &[], MsgFlags::MSG_NOSIGNAL, None).map(drop)
    }

    fn recv(&mut self) -> nix::Result<Option<&[u8]>> {
        self.receive(MsgFlags::empty())
    }

    fn try_recv(&mut self) -> nix::Result<Option<&[u8]>> {
        self.receive(MsgFlags::MSG_DONTWAIT)
    }

    fn close(self) -> nix::Result<()> {
        close(self.socket)
    }
}

impl From<OwnedFd> for SeqPacket {
    fn from(socket: OwnedFd) -> SeqPacket {
        let buffer = socket::buffer(&socket);
        SeqPacket { socket, buffer }
    }
}

impl AsFd for SeqPacket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}
