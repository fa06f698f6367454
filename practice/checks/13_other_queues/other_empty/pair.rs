//! Two sockets, and your functions at either end. Nothing waits here: what has not come is EAGAIN.

use super::*;
use nix::sys::socket::socket;
use practice::yours;
use std::os::fd::OwnedFd;

pub(super) struct Pair {
    pub(super) here: Option<OwnedFd>,
    pub(super) there: OwnedFd,
}

impl Pair {
    pub(super) fn new() -> Pair {
        let flags = SockFlag::SOCK_NONBLOCK;
        let pair = socketpair(AddressFamily::Unix, SockType::SeqPacket, None, flags);
        let (here, there) = pair.expect("two sockets");
        Pair { here: Some(here), there }
    }

    #[track_caller]
    pub(super) fn send(&self, bytes: &[u8], at: &str) -> nix::Result<()> {
        let here = self.here.as_ref().expect("not closed yet");
        yours(at, || send_message(here.as_fd(), bytes))
    }

    #[track_caller]
    pub(super) fn receive(&self, at: &str) -> nix::Result<Option<Vec<u8>>> {
        yours(at, || receive_message(self.there.as_fd()))
    }

    /// A packet that your function has not sent.
    pub(super) fn send_raw(&self, bytes: &[u8]) {
        let here = self.here.as_ref().expect("not closed yet");
        send(here.as_raw_fd(), bytes, MsgFlags::empty()).expect("room for it");
    }

    /// How many packets there are. They are gone then.
    pub(super) fn packets(&self) -> usize {
        let mut packet = [0; 16];
        let next = || recv(self.there.as_raw_fd(), &mut packet, MsgFlags::empty());
        std::iter::repeat_with(next).take_while(|next| *next != Err(Errno::EAGAIN)).count()
    }

    /// The side that sends is gone.
    pub(super) fn close(&mut self) {
        self.here = None;
    }
}

/// A socket that is connected to nobody.
pub(super) fn alone() -> OwnedFd {
    let (kind, flags) = (SockType::SeqPacket, SockFlag::SOCK_NONBLOCK);
    socket(AddressFamily::Unix, kind, flags, None).expect("a socket")
}

/// What was received, in words that fit a line.
pub(super) fn shown(received: &nix::Result<Option<Vec<u8>>>) -> String {
    match received {
        Ok(Some(bytes)) if bytes.len() > 40 => format!("a message of {} bytes", bytes.len()),
        Ok(Some(bytes)) => format!("the message {:?}", String::from_utf8_lossy(bytes)),
        other => format!("{other:?}"),
    }
}
