//! Who a sender is: a queue for one user, handed out where the kernel vouches for the other side.
//!
//! A message carries no sender. A Unix socket does: the kernel keeps who connected
//! (`SO_PEERCRED`). So a server listens on a socket, and whoever connects gets a private queue that
//! belongs to that user. What comes out of it is that user's.
//!
//! # What it proves
//!
//! A message in the queue was sent by a process with this user's id, or root's (`CAP_IPC_OWNER`),
//! or the server's own, **or by somebody whom this user has let in**: the owner may widen the mode
//! or give the queue away, as one may lend a key. It proves nothing about which program that was,
//! or which process. The user is the one who called connect(2) on the socket; a process that has
//! changed its user since, or was handed the open socket, has what that user has got.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

use ch02_create::{Mode, Queue};
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;
use nix::sys::socket::getsockopt;
use nix::sys::socket::sockopt::PeerCredentials;
use nix::unistd::Uid;

use crate::known::is_somebody;
use crate::{Settings, check_creator};

// ANCHOR: hand-out
/// The server's part: makes a queue for the user at the other end, and names it to them.
///
/// The queue belongs to that user, and its mode, 600, admits the owner and the creator: the server,
/// which receives. It lives until the guard is dropped. Drop it when the other side has hung up and
/// the queue is empty: what has not been received goes with it
/// ([`OwnedQueue::close_once_empty`]).
///
/// # Errors
///
/// As for [`peer`] and [`Queue::private`]. `EPIPE`: the other side has gone already.
pub fn hand_out(stream: &UnixStream) -> nix::Result<(Uid, OwnedQueue)> {
    let user = peer(stream)?;
    let queue = OwnedQueue::new(Queue::private(Mode::S_IRUSR | Mode::S_IWUSR)?);
    Settings::new().owner(user).apply(queue.queue())?;
    writeln!(&*stream, "{}", queue.queue().id()).map_err(errno)?;
    Ok((user, queue))
}

/// The user at the other end of a Unix socket: who connected, or, for the side that did, who
/// listened.
///
/// # Errors
///
/// `EPERM`: it is a user who has no number in this user namespace, where all of those look like
/// one. `ENOTCONN`: nobody is there, or it is not a Unix socket.
#[doc(alias = "SO_PEERCRED")]
pub fn peer(stream: impl AsFd) -> nix::Result<Uid> {
    let user = Uid::from_raw(getsockopt(&stream, PeerCredentials)?.uid());
    match user.as_raw() {
        // Of a socket without a peer the kernel says -1, which is no user.
        u32::MAX => Err(Errno::ENOTCONN),
        _ if is_somebody(user) => Ok(user),
        _ => Err(Errno::EPERM),
    }
}
// ANCHOR_END: hand-out

// ANCHOR: take-up
/// The client's part: takes the queue that the server hands out, if this user runs the server.
///
/// Both are checked, who listens and who made the queue: anybody can listen somewhere, and name a
/// queue of somebody else's that you may send to. The queue is there as long as `stream` is open.
///
/// It waits for as long as the server takes. [`UnixStream::set_read_timeout`] gives that an end,
/// with `EAGAIN`.
///
/// # Errors
///
/// `EPERM`: somebody else listens, or has made the queue. `ECONNRESET`: the server has hung up
/// without handing out anything. `EPROTO`: what it sent is not the id of a queue.
pub fn take_up(stream: &UnixStream, server: Uid) -> nix::Result<Queue> {
    if peer(stream)? != server {
        return Err(Errno::EPERM);
    }
    let mut line = String::new();
    // An id has ten digits at most; who sends more is no server of ours.
    BufReader::new(stream.take(16)).read_line(&mut line).map_err(errno)?;
    if line.is_empty() {
        return Err(Errno::ECONNRESET);
    }
    let id = line.strip_suffix('\n').and_then(|id| id.parse().ok()).ok_or(Errno::EPROTO)?;
    check_creator(id, &[server])?;
    Ok(id)
}
// ANCHOR_END: take-up

fn errno(error: std::io::Error) -> Errno {
    Errno::try_from(error).unwrap_or(Errno::EPROTO)
}
