//! Unix sockets that keep packets apart and in order: unix(7), `SOCK_SEQPACKET`.

use std::io::IoSlice;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::process::Command;

use nix::errno::Errno;
use nix::sys::socket::{
    AddressFamily, MsgFlags, SockFlag, SockType, getsockopt, recv, sendmsg, socketpair, sockopt,
};
use nix::unistd::close;

use crate::hand_over::duplicate;
use crate::{HandOver, MessageQueue, Role};

/// One end of a connection of packets. Both can send and receive.
#[derive(Debug)]
pub struct SeqPacket {
    socket: OwnedFd,
    /// One byte, and a message after it.
    buffer: Vec<u8>,
}

// ANCHOR: empty-packet
/// In front of every message: an empty packet is received as 0 bytes, and so is the end.
const MARK: [u8; 1] = [0];

impl SeqPacket {
    fn receive(&mut self, flags: MsgFlags) -> nix::Result<Option<&[u8]>> {
        // MSG_TRUNC: the length that was sent, also of a packet that had to be cut.
        match recv(self.socket.as_raw_fd(), &mut self.buffer, flags | MsgFlags::MSG_TRUNC)? {
            0 => Ok(None),
            len => self.buffer.get(MARK.len()..len).map(Some).ok_or(Errno::EMSGSIZE),
        }
    }
}
// ANCHOR_END: empty-packet

impl From<OwnedFd> for SeqPacket {
    fn from(socket: OwnedFd) -> SeqPacket {
        // No packet of an end with the same settings is longer.
        let buffer = vec![0; getsockopt(&socket, sockopt::SndBuf).unwrap_or(0)];
        SeqPacket { socket, buffer }
    }
}

impl MessageQueue for SeqPacket {
    const NAME: &'static str = "seqpacket";

    fn pair() -> nix::Result<(SeqPacket, SeqPacket)> {
        let (kind, flags) = (SockType::SeqPacket, SockFlag::SOCK_CLOEXEC);
        let (sender, receiver) = socketpair(AddressFamily::Unix, kind, None, flags)?;
        Ok((sender.into(), receiver.into()))
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

impl AsFd for SeqPacket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

impl HandOver for SeqPacket {
    fn try_clone(&self) -> nix::Result<SeqPacket> {
        duplicate(self.as_fd()).map(SeqPacket::from)
    }

    fn give(&self, child: &mut Command, role: Role) -> nix::Result<()> {
        role.give_descriptor(self, child)
    }

    fn take(role: Role) -> nix::Result<SeqPacket> {
        role.take_descriptor().map(SeqPacket::from)
    }
}
