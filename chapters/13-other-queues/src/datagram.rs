//! Unix sockets without a connection's end: unix(7), `SOCK_DGRAM`.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::process::Command;

use nix::errno::Errno;
use nix::sys::socket::{
    AddressFamily, MsgFlags, SockFlag, SockType, getsockopt, recv, send, socketpair, sockopt,
};
use nix::unistd::close;

use crate::hand_over::duplicate;
use crate::{HandOver, MessageQueue, Role};

/// One of two datagram sockets that know each other. Both can send and receive.
///
/// Unlike UDP, nothing is lost or overtaken between Unix sockets. Unlike a connection, nothing
/// says that the other side has gone, until one sends to it.
#[derive(Debug)]
pub struct Datagram {
    socket: OwnedFd,
    buffer: Vec<u8>,
}

impl Datagram {
    fn receive(&mut self, flags: MsgFlags) -> nix::Result<Option<&[u8]>> {
        // MSG_TRUNC: the length that was sent, also of a datagram that had to be cut.
        let len = recv(self.socket.as_raw_fd(), &mut self.buffer, flags | MsgFlags::MSG_TRUNC)?;
        self.buffer.get(..len).map(Some).ok_or(Errno::EMSGSIZE)
    }
}

impl From<OwnedFd> for Datagram {
    fn from(socket: OwnedFd) -> Datagram {
        // No datagram of a socket with the same settings is longer.
        let buffer = vec![0; getsockopt(&socket, sockopt::SndBuf).unwrap_or(0)];
        Datagram { socket, buffer }
    }
}

impl MessageQueue for Datagram {
    const NAME: &'static str = "datagram";

    fn pair() -> nix::Result<(Datagram, Datagram)> {
        let (kind, flags) = (SockType::Datagram, SockFlag::SOCK_CLOEXEC);
        let (sender, receiver) = socketpair(AddressFamily::Unix, kind, None, flags)?;
        Ok((sender.into(), receiver.into()))
    }

    fn send(&mut self, message: &[u8]) -> nix::Result<()> {
        send(self.socket.as_raw_fd(), message, MsgFlags::MSG_NOSIGNAL).map(drop)
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

impl AsFd for Datagram {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

impl HandOver for Datagram {
    fn try_clone(&self) -> nix::Result<Datagram> {
        duplicate(self.as_fd()).map(Datagram::from)
    }

    fn give(&self, child: &mut Command, role: Role) -> nix::Result<()> {
        role.give_descriptor(self, child)
    }

    fn take(role: Role) -> nix::Result<Datagram> {
        role.take_descriptor().map(Datagram::from)
    }
}
