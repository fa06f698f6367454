//! What the two kinds of Unix sockets have in common: unix(7).

use std::os::fd::{AsRawFd, OwnedFd};

use nix::errno::Errno;
use nix::sys::socket::{
    AddressFamily, MsgFlags, SockFlag, SockType, getsockopt, recv, socketpair, sockopt,
};

/// Two sockets, connected with each other.
pub(crate) fn pair<Q: From<OwnedFd>>(kind: SockType) -> nix::Result<(Q, Q)> {
    let (sender, receiver) = socketpair(AddressFamily::Unix, kind, None, SockFlag::SOCK_CLOEXEC)?;
    Ok((sender.into(), receiver.into()))
}

/// Room for the longest packet of a sender with the same settings.
pub(crate) fn buffer(socket: &OwnedFd) -> Vec<u8> {
    vec![0; getsockopt(socket, sockopt::SndBuf).unwrap_or(0)]
}

/// Receives a packet, or `EMSGSIZE` if it was longer than the buffer: what was too much is lost.
pub(crate) fn receive<'b>(
    socket: &OwnedFd,
    buffer: &'b mut [u8],
    flags: MsgFlags,
) -> nix::Result<&'b [u8]> {
    // With MSG_TRUNC the length is the packet's own, also if it was cut. Otherwise nothing shows.
    let len = recv(socket.as_raw_fd(), buffer, flags | MsgFlags::MSG_TRUNC)?;
    buffer.get(..len).ok_or(Errno::EMSGSIZE)
}
