//! Unix sockets without a connection's end: unix(7), `SOCK_DGRAM`.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use nix::sys::socket::{MsgFlags, SockType, send};
use nix::unistd::close;

use crate::{MessageQueue, socket};

/// One of two datagram sockets that know each other. Both can send and receive.
///
/// Unlike UDP's, nothing is lost or overtaken between Unix sockets. Unlike with a connection,
/// nothing says that the other side has gone, until one sends to it.
#[derive(Debug)]
pub struct Datagram {
    socket: OwnedFd,
    buffer: Vec<u8>,
}

impl MessageQueue for Datagram {
    const NAME: &'static str = "datagram";

    fn pair() -> nix::Result<(Datagram, Datagram)> {
        socket::pair(SockType::Datagram)
    }

    fn send(&mut self, message: &[u8]) -> nix::Result<()> {
        send(self.socket.as_raw_fd(), message, MsgFlags::MSG_NOSIGNAL).map(drop)
    }

    fn recv(&mut self) -> nix::Result<Option<&[u8]>> {
        socket::receive(&self.socket, &mut self.buffer, MsgFlags::empty()).map(Some)
    }

    fn try_recv(&mut self) -> nix::Result<Option<&[u8]>> {
        socket::receive(&self.socket, &mut self.buffer, MsgFlags::MSG_DONTWAIT).map(Some)
    }

    fn close(self) -> nix::Result<()> {
        close(self.socket)
    }
}

impl From<OwnedFd> for Datagram {
    fn from(socket: OwnedFd) -> Datagram {
        let buffer = socket::buffer(&socket);
        Datagram { socket, buffer }
    }
}

impl AsFd for Datagram {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}
