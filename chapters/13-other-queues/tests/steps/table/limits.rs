//! How much fits: into a message, and into a queue.

use std::fs;
use std::os::fd::AsFd;
use std::thread;

use ch06_cleanup::Status;
use ch13_other_queues::{Datagram, MessageQueue, Pipe, Posix, SeqPacket, SystemV};
use nix::errno::Errno;
use nix::fcntl::{FcntlArg, fcntl};
use nix::mqueue::mq_getattr;
use nix::sys::socket::{getsockopt, setsockopt, sockopt};
use support::Room;

use super::cells::Cell;
use crate::native::Native;

/// The limits of a mechanism: each is asked of the system, and tried.
pub(super) trait Limits: Native {
    /// How many bytes a message may have, and what that limit is called.
    fn longest(&self, room: &Room) -> (usize, &'static str);

    /// What of the limit `count` messages of one byte have used up; panics if it is another one.
    fn capacity(&mut self, room: &Room, count: usize) -> &'static str;
}

pub(super) fn longest<Q: Limits>(room: &Room, (mut sender, mut receiver): (Q, Q)) -> Cell {
    let (limit, name) = sender.longest(room);
    thread::scope(|scope| {
        let receiving = scope.spawn(|| receiver.recv().map(|message| message.map(<[u8]>::len)));
        sender.send(&vec![b'x'; limit]).expect("it is not too long");
        assert_eq!(receiving.join().expect("no panic"), Ok(Some(limit)));
    });
    let errno = sender.send(&vec![b'x'; limit + 1]).expect_err("it is too long");
    format!("{name}, else `{errno:?}`").into()
}

pub(super) fn capacity<Q: Limits>(room: &Room, (mut sender, _receiver): (Q, Q)) -> Cell {
    let count = fill(&mut sender);
    sender.capacity(room, count).into()
}

/// How many messages of one byte there is room for.
fn fill<Q: Native>(sender: &mut Q) -> usize {
    let mut count = 0;
    loop {
        match sender.try_send_plain(b"x") {
            Ok(()) => count += 1,
            Err(Errno::EAGAIN) => return count,
            Err(errno) => panic!("after {count}: {errno}"),
        }
    }
}

/// A namespace begins with the defaults, whatever the machine is set to.
fn assert_default(room: &Room, found: usize, default: usize) {
    assert!(!room.is_namespace() || found == default, "{found} by default, not {default}");
}

impl Limits for SystemV {
    fn longest(&self, room: &Room) -> (usize, &'static str) {
        let limit = room.limit("msgmax").try_into().expect("it fits");
        assert_default(room, limit, 8192);
        (limit, "`msgmax` bytes (8,192)")
    }

    fn capacity(&mut self, room: &Room, count: usize) -> &'static str {
        let capacity = Status::of(self.queue()).expect("it is ours").capacity;
        assert_default(room, capacity, 16_384);
        assert_eq!(count, capacity);
        "`msgmnb` bytes (16,384), and as many messages"
    }
}

impl Limits for Posix {
    fn longest(&self, room: &Room) -> (usize, &'static str) {
        assert_default(room, setting("msgsize_max"), 8192);
        let limit = mq_getattr(self.queue()).expect("it is open").msgsize();
        (limit.try_into().expect("it fits"), "`msgsize_max` bytes (8,192)")
    }

    fn capacity(&mut self, room: &Room, count: usize) -> &'static str {
        assert_default(room, setting("msg_max"), 10);
        let limit = mq_getattr(self.queue()).expect("it is open").maxmsg();
        assert_eq!(i64::try_from(count), Ok(limit));
        "`msg_max` messages (10)"
    }
}

fn setting(name: &str) -> usize {
    let text = fs::read_to_string(format!("/proc/sys/fs/mqueue/{name}"));
    text.expect("there are POSIX queues").trim().parse().expect("it is a number")
}

impl Limits for Pipe {
    fn longest(&self, _: &Room) -> (usize, &'static str) {
        (16 << 20, "16 MiB, for ours")
    }

    fn capacity(&mut self, _: &Room, count: usize) -> &'static str {
        let capacity = fcntl(&*self, FcntlArg::F_GETPIPE_SZ).expect("it is a pipe");
        assert_eq!(i32::try_from(count), Ok(capacity));
        "`F_GETPIPE_SZ` bytes (65,536)"
    }
}

/// What a socket is charged for each packet beside its bytes, once; and what is put in front.
macro_rules! sockets_have_a_buffer {
    ($($socket:ty, $mark:expr;)*) => {
        $(impl Limits for $socket {
            fn longest(&self, _: &Room) -> (usize, &'static str) {
                let buffer = getsockopt(&self.as_fd(), sockopt::SndBuf).expect("it is a socket");
                (buffer - 32 - $mark, "`SO_SNDBUF` bytes (212,992), less 32")
            }

            fn capacity(&mut self, _: &Room, count: usize) -> &'static str {
                let buffer = getsockopt(&self.as_fd(), sockopt::SndBuf).expect("it is a socket");
                // The kernel's own bytes are by far the most.
                assert!(100 * count < buffer, "{count} in {buffer}");
                // It doubles what it is told.
                let (mut sender, _receiver) = <$socket>::pair().expect("there may be another");
                setsockopt(&sender.as_fd(), sockopt::SndBuf, &(buffer / 4)).expect("it is less");
                let half = fill(&mut sender);
                assert!((2 * half).abs_diff(count) <= 2, "{half} in half of what has {count}");
                "`SO_SNDBUF` bytes (212,992), with the kernel's own"
            }
        })*
    };
}
sockets_have_a_buffer!(SeqPacket, 1; Datagram, 0;);
