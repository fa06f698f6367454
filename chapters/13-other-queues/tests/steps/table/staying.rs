//! What is left when no program has the queue open any more.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use ch06_cleanup::Status;
use ch13_other_queues::{Datagram, MessageQueue, Pipe, Posix, SeqPacket, SystemV};
use nix::errno::Errno;
use nix::libc::O_NONBLOCK;
use nix::mqueue::{MQ_OFlag, mq_unlink};
use nix::poll::PollFlags;
use nix::sys::socket::{
    AddressFamily, Backlog, MsgFlags, SockFlag, SockType, UnixAddr, bind, connect, listen, send,
    socket,
};
use nix::sys::stat::Mode;
use nix::unistd::mkfifo;
use support::{Room, this_thread, until};

use super::cells::Cell;
use crate::native::{Native, ready};
use crate::peer::Peer;

/// What the next program finds: the message, and what somebody has to remove.
pub(super) struct Remains {
    message: bool,
    left: Option<&'static str>,
}

pub(super) trait Staying: Native {
    /// Has a program send a message to a queue that is known by a name, if that can be; then all
    /// who have it open are gone.
    fn abandoned(queue: &Self) -> Remains;
}

pub(super) fn message<Q: Staying>(_: &Room, (_sender, receiver): (Q, Q)) -> Cell {
    if Q::abandoned(&receiver).message { "yes" } else { "no" }.into()
}

pub(super) fn remains<Q: Staying>(_: &Room, (_sender, receiver): (Q, Q)) -> Cell {
    Q::abandoned(&receiver).left.unwrap_or("nothing").into()
}

impl Staying for SystemV {
    fn abandoned(queue: &SystemV) -> Remains {
        let mut peer = Peer::sender(queue);
        peer.send("hello");
        until("its message", || Status::of(queue.queue()).expect("it is ours").messages == 1);
        peer.kill();
        let message = SystemV::new(queue.queue()).try_recv() == Ok(Some(b"hello"));
        let there = Status::of(queue.queue()).is_ok();
        Remains { message, left: there.then_some("the queue (`IPC_RMID`)") }
    }
}

impl Staying for Posix {
    fn abandoned(_: &Posix) -> Remains {
        let name = format!("/ch13-abandoned-{}", this_thread());
        let new = MQ_OFlag::O_RDWR | MQ_OFlag::O_CREAT | MQ_OFlag::O_EXCL;
        let queue = Posix::open(&name, new).expect("the name is new");
        let mut peer = Peer::sender(&queue);
        peer.send("hello");
        until("its message", || {
            ready(&queue, PollFlags::POLLIN, std::time::Duration::ZERO).is_ok()
        });
        peer.kill();
        queue.close().expect("it is open");
        let found = Posix::open(&name, MQ_OFlag::O_RDONLY);
        let left = found.is_ok().then_some("the queue (`mq_unlink`)");
        let message = found.is_ok_and(|mut queue| queue.try_recv() == Ok(Some(b"hello")));
        mq_unlink(name.as_str()).expect("it is ours");
        Remains { message, left }
    }
}

macro_rules! sockets_leave_a_path {
    ($($socket:ty, $kind:expr;)*) => {
        $(impl Staying for $socket {
            fn abandoned(_: &$socket) -> Remains {
                with_path(|path| {
                    let address = UnixAddr::new(path).expect("it is short");
                    let new = || {
                        socket(AddressFamily::Unix, $kind, SockFlag::SOCK_CLOEXEC, None)
                            .expect("there may be one")
                    };
                    let (server, client) = (new(), new());
                    bind(server.as_raw_fd(), &address).expect("the path is new");
                    // Only connections are listened for.
                    let _ = listen(&server, Backlog::new(1).expect("it is small"));
                    connect(client.as_raw_fd(), &address).expect("somebody is there");
                    let sent = send(client.as_raw_fd(), b"hello", MsgFlags::MSG_NOSIGNAL);
                    assert_eq!(sent, Ok(5));
                    drop((server, client));
                    // Nobody is there, and nobody can come: the path is taken.
                    assert_eq!(bind(new().as_raw_fd(), &address), Err(Errno::EADDRINUSE));
                    connect(new().as_raw_fd(), &address) == Ok(())
                })
            }
        })*
    };
}
sockets_leave_a_path!(SeqPacket, SockType::SeqPacket; Datagram, SockType::Datagram;);

impl Staying for Pipe {
    fn abandoned(_: &Pipe) -> Remains {
        with_path(|path| {
            mkfifo(path, Mode::S_IRUSR | Mode::S_IWUSR).expect("the path is new");
            let both = OpenOptions::new().read(true).write(true).open(path);
            both.and_then(|mut pipe| pipe.write_all(b"hello")).expect("it is ours");
            let later = OpenOptions::new().read(true).custom_flags(O_NONBLOCK).open(path);
            let read = later.and_then(|mut pipe| pipe.read(&mut [0; 5]));
            read.expect("it is ours") > 0
        })
    }
}

/// A path for as long as this runs: `leave` says whether the message was found at it.
fn with_path(leave: impl FnOnce(&Path) -> bool) -> Remains {
    let path: PathBuf = std::env::temp_dir().join(format!("ch13-abandoned-{}", this_thread()));
    let message = leave(&path);
    let left = path.exists().then_some("the path, if it has one");
    fs::remove_file(&path).expect("it is ours");
    Remains { message, left }
}
