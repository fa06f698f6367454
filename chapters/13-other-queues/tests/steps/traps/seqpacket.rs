//! What tells an empty packet from the end, and what does not.

use std::io::IoSliceMut;
use std::os::fd::AsRawFd;
use std::time::Duration;

use ch13_other_queues::{HandOver, MessageQueue, Plain, SeqPacket};
use nix::errno::Errno;
use nix::poll::PollFlags;
use nix::sys::socket::{MsgFlags, UnixCredentials, recvmsg, setsockopt, sockopt};

use crate::alone;
use crate::native::{Native, ready};

/// A connection on which an empty packet has been sent; and whether its sender lives on.
fn with_empty_packet(closed: bool) -> (Option<SeqPacket>, SeqPacket) {
    let (mut sender, receiver) = SeqPacket::pair().expect("there may be one");
    setsockopt(&receiver, sockopt::PassCred, &true).expect("sockets have it");
    sender.send_plain(b"").expect("there is room");
    ((!closed).then_some(sender), receiver)
}

/// What recvmsg(2) says: bytes, whether credentials came with them, and MSG_EOR.
fn received(receiver: &SeqPacket) -> (usize, bool, bool) {
    let mut bytes = [0; 100];
    let mut space = nix::cmsg_space!(UnixCredentials);
    let mut parts = [IoSliceMut::new(&mut bytes)];
    let socket = receiver.descriptor().expect("it is one").as_raw_fd();
    let message = recvmsg::<()>(socket, &mut parts, Some(&mut space), MsgFlags::MSG_DONTWAIT)
        .expect("something can be received");
    let credentials = message.cmsgs().expect("there is room for them").next().is_some();
    (message.bytes, credentials, message.flags.contains(MsgFlags::MSG_EOR))
}

#[test]
fn credentials_come_with_an_empty_packet_and_not_with_the_end() {
    alone(|_| {
        let (_, receiver) = with_empty_packet(true);
        assert_eq!(received(&receiver), (0, true, false));
        assert_eq!(received(&receiver), (0, false, false));
    });
}

#[test]
fn pollhup_is_the_same_at_the_end_and_before_an_empty_packet() {
    alone(|_| {
        let state = |end| ready(end, PollFlags::POLLIN, Duration::ZERO).expect("it is ready");
        // While the sender lives, it tells the two apart.
        let (_sender, receiver) = with_empty_packet(false);
        assert_eq!(state(&receiver), PollFlags::POLLIN);

        let (_, receiver) = with_empty_packet(true);
        let before = state(&receiver);
        assert_eq!(before, PollFlags::POLLIN | PollFlags::POLLHUP);
        assert_eq!(received(&receiver), (0, true, false));
        assert_eq!(state(&receiver), before);
        assert_eq!(received(&receiver), (0, false, false));
    });
}

#[test]
fn empty_message_of_a_sender_that_has_gone_is_not_the_end() {
    alone(|_| {
        let (mut sender, mut receiver) = SeqPacket::pair().expect("there may be one");
        sender.send(b"").expect("there is room");
        sender.close().expect("it is open");
        assert_eq!(receiver.recv(), Ok(Some(&b""[..])));
        assert_eq!(receiver.recv(), Ok(None));
    });
}

#[test]
fn packet_longer_than_the_buffer_is_cut_silently_by_read_and_reported_here() {
    alone(|_| {
        let (mut sender, mut receiver) = SeqPacket::pair().expect("there may be one");
        sender.send_plain(b"hello").expect("there is room");
        assert_eq!(receiver.try_recv_plain(&mut [0; 2]), Ok(2));
        assert_eq!(receiver.try_recv_plain(&mut [0; 2]), Err(Errno::EAGAIN));

        // A sender that has a larger buffer than the receiver once expected.
        setsockopt(&receiver, sockopt::SndBuf, &0).expect("it may be less");
        let mut receiver = receiver.try_clone().expect("there may be two");
        sender.send(&[b'x'; 100_000]).expect("there is room");
        assert_eq!(receiver.recv(), Err(Errno::EMSGSIZE));
    });
}
