//! Waiting with an end, and for more than one thing.

use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

use ch13_other_queues::{Datagram, Pipe, Posix, SeqPacket, SystemV};
use nix::errno::Errno;
use nix::mqueue::mq_timedreceive;
use nix::poll::PollFlags;
use nix::sys::socket::{MsgFlags, recv, setsockopt, sockopt};
use nix::sys::time::{TimeSpec, TimeVal, TimeValLike};
use nix::time::{ClockId, clock_gettime};
use support::Room;

use super::cells::Cell;
use crate::native::{Native, ready};

const LIMIT: Duration = Duration::from_millis(20);

/// A call that receives within a time, if there is one: its name, and what it fails with.
pub(super) trait Timed: Native {
    fn recv_within(&self, _limit: Duration) -> Option<(&'static str, Errno)> {
        None
    }
}

pub(super) fn timeout<Q: Timed>(_: &Room, (_sender, receiver): (Q, Q)) -> Cell {
    let began = Instant::now();
    let (text, errno) = match (receiver.recv_within(LIMIT), receiver.descriptor()) {
        (Some((call, errno)), _) => (format!("`{call}`"), errno),
        (None, Some(descriptor)) => {
            let nothing = ready(&descriptor, PollFlags::POLLIN, LIMIT);
            ("`poll`, then read".to_owned(), nothing.expect_err("nothing was sent"))
        }
        (None, None) => return Cell::NoCall,
    };
    // The clock of POSIX queues is set by others, and may go a little faster.
    assert!(began.elapsed() >= LIMIT * 9 / 10, "{text}: {errno} after {:?}", began.elapsed());
    assert!([Errno::ETIMEDOUT, Errno::EAGAIN].contains(&errno), "{text}: {errno}");
    text.into()
}

pub(super) fn poll<Q: Native>(_: &Room, (mut sender, receiver): (Q, Q)) -> Cell {
    let Some(descriptor) = receiver.descriptor() else {
        return Cell::NoCall;
    };
    let now = || ready(&descriptor, PollFlags::POLLIN, Duration::ZERO);
    assert_eq!(now(), Err(Errno::EAGAIN));
    sender.send(b"hello").expect("there is room");
    assert_eq!(now(), Ok(PollFlags::POLLIN));
    "yes".into()
}

impl Timed for SystemV {}
impl Timed for Pipe {}

impl Timed for Posix {
    fn recv_within(&self, limit: Duration) -> Option<(&'static str, Errno)> {
        let now = clock_gettime(ClockId::CLOCK_REALTIME).expect("there is one");
        let deadline = now + TimeSpec::from_duration(limit);
        let late = mq_timedreceive(self.queue(), &mut [0; 8192], &mut 0, &deadline);
        Some(("mq_timedreceive", late.expect_err("nothing was sent")))
    }
}

macro_rules! sockets_have_a_timeout {
    ($($socket:ty)*) => {
        $(impl Timed for $socket {
            fn recv_within(&self, limit: Duration) -> Option<(&'static str, Errno)> {
                let limit = TimeVal::microseconds(limit.as_micros().try_into().expect("short"));
                setsockopt(&self, sockopt::ReceiveTimeout, &limit).expect("sockets have it");
                let socket = self.descriptor()?.as_raw_fd();
                let late = recv(socket, &mut [0; 10], MsgFlags::empty());
                Some(("SO_RCVTIMEO", late.expect_err("nothing was sent")))
            }
        })*
    };
}
sockets_have_a_timeout!(SeqPacket Datagram);
