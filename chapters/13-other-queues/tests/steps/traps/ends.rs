//! An end that is closed, and an end that somebody forgot to close.

use ch13_other_queues::{Datagram, Pipe, Posix, SeqPacket, SystemV};
use nix::errno::Errno;
use support::Room;

use crate::native::Native;
use crate::peer::Peer;
use crate::{Tried, alone};

/// What a sender learns after the receiver has closed its end, messages left in the queue.
fn after_close<Q: Tried>(room: &Room) -> nix::Result<()> {
    let (mut sender, receiver) = Q::pair_in(room);
    sender.send(b"never read").expect("there is room");
    receiver.close().expect("it is open");
    sender.send(b"are you there?")
}

#[test]
fn messages_left_at_close_are_lost_and_the_next_send_fails_except_with_posix() {
    alone(|room| {
        assert_eq!(after_close::<SystemV>(room), Err(Errno::EINVAL));
        // Had all been read, it were EPIPE.
        assert_eq!(after_close::<SeqPacket>(room), Err(Errno::ECONNRESET));
        assert_eq!(after_close::<Datagram>(room), Err(Errno::ECONNREFUSED));
        assert_eq!(after_close::<Pipe>(room), Err(Errno::EPIPE));
        // The name is gone, the queue is not: it lives as long as this sender has it open.
        assert_eq!(after_close::<Posix>(room), Ok(()));
    });
}

#[test]
fn sending_end_that_the_parent_has_kept_hides_the_end() {
    alone(|room| {
        hides_the_end::<SeqPacket>(room);
        hides_the_end::<Pipe>(room);
    });
}

fn hides_the_end<Q: Native>(room: &Room) {
    let (sender, mut receiver) = Q::pair_in(room);
    let mut peer = Peer::sender(&sender);
    peer.send("hello");
    assert_eq!(receiver.recv(), Ok(Some(&b"hello"[..])));
    peer.kill();
    assert_eq!(receiver.try_recv(), Err(Errno::EAGAIN));
    sender.close().expect("it is open");
    assert_eq!(receiver.try_recv(), Ok(None));
}
