//! More than one sender, more than one receiver, and who is who.

use std::io::IoSliceMut;
use std::os::fd::AsRawFd;
use std::thread;

use ch06_cleanup::Status;
use ch13_other_queues::{Datagram, MessageQueue, Pipe, Plain, Posix, SeqPacket, SystemV};
use nix::libc::PIPE_BUF;
use nix::sys::socket::{
    ControlMessageOwned, MsgFlags, UnixCredentials, recvmsg, setsockopt, sockopt,
};
use support::{Room, until};

use super::cells::Cell;
use crate::native::Native;
use crate::peer::Peer;
use crate::traps::torn;

/// What differs when there are several.
pub(super) trait Crowd: Native {
    /// Which of two senders a message is known to be from.
    fn known(_receiver: &Self, _first: Peer, _second: Peer) -> Cell {
        Cell::NoCall
    }

    /// The longest message that is whole, whoever else sends.
    const WHOLE: usize = 8192;

    /// Two receivers, one after the other, and whether each gets a message.
    fn shared(first: &mut Self, second: &mut Self) -> bool {
        let messages = [first, second].map(|end| end.try_recv().map(|it| it.map(<[u8]>::to_vec)));
        messages == [Ok(Some(b"one".to_vec())), Ok(Some(b"two".to_vec()))]
    }
}

pub(super) fn sender_known<Q: Crowd>(_: &Room, (sender, receiver): (Q, Q)) -> Cell {
    let [first, second] = [(); 2].map(|()| Peer::sender(&sender));
    Q::known(&receiver, first, second)
}

pub(super) fn several_senders<Q: Crowd>(_: &Room, (sender, mut receiver): (Q, Q)) -> Cell {
    const TIMES: usize = 50;
    let senders = [b'a', b'b', b'c', b'd'].map(|letter| (letter, sender.try_clone()));
    thread::scope(|scope| {
        for (letter, sender) in senders {
            let mut sender = sender.expect("there may be more of them");
            scope.spawn(move || {
                let message = vec![letter; Q::WHOLE];
                (0..TIMES).for_each(|_| sender.send(&message).expect("somebody receives"));
            });
        }
        for _ in 0..4 * TIMES {
            let message = receiver.recv().expect("they send").expect("they are there");
            assert_eq!(message.len(), Q::WHOLE);
            assert!(message.iter().all(|letter| *letter == message[0]), "mixed");
        }
    });
    match Q::WHOLE {
        8192 => "yes".into(),
        limit => {
            assert_eq!((limit, torn(PIPE_BUF), torn(PIPE_BUF + 1)), (Q::WHOLE, false, true));
            assert_eq!(PIPE_BUF, 4096);
            "up to `PIPE_BUF` (4,096 bytes)".into()
        }
    }
}

pub(super) fn several_receivers<Q: Crowd>(_: &Room, (mut sender, mut first): (Q, Q)) -> Cell {
    let mut second = first.try_clone().expect("there may be two");
    for text in [b"one", b"two"] {
        sender.send(text).expect("there is room");
    }
    let shared = Q::shared(&mut first, &mut second);
    if shared { "yes" } else { "no, they share the bytes" }.into()
}

impl Crowd for Posix {}

impl Crowd for SystemV {
    fn known(receiver: &SystemV, mut first: Peer, mut second: Peer) -> Cell {
        let status = || Status::of(receiver.queue()).expect("it is ours");
        first.send("one");
        until("a message of the first", || status().messages == 1);
        second.send("two");
        until("a message of the second", || status().messages == 2);
        // The next message is the first one's.
        assert_eq!(status().last_sender.expect("there were two").as_raw(), second.id());
        "the last one (`msg_lspid`)".into()
    }
}

impl Crowd for Pipe {
    const WHOLE: usize = PIPE_BUF - size_of::<u32>();

    fn shared(first: &mut Pipe, second: &mut Pipe) -> bool {
        // The first has come as far as the length when the second takes what is next.
        let length = first.try_recv_plain(&mut [0; size_of::<u32>()]);
        assert_eq!(length, Ok(size_of::<u32>()));
        second.try_recv() == Ok(Some(b"two"))
    }
}

macro_rules! sockets_know_their_peer {
    ($($socket:ty)*) => {
        $(impl Crowd for $socket {
            fn known(receiver: &$socket, mut first: Peer, mut second: Peer) -> Cell {
                setsockopt(receiver, sockopt::PassCred, &true).expect("sockets have it");
                let socket = receiver.descriptor().expect("it is one").as_raw_fd();
                for peer in [&mut first, &mut second] {
                    peer.send("hello");
                    assert_eq!(next_sender(socket), peer.id());
                }
                "`SCM_CREDENTIALS`".into()
            }
        })*
    };
}
sockets_know_their_peer!(SeqPacket Datagram);

/// The process that has sent the next message.
fn next_sender(socket: i32) -> i32 {
    let mut bytes = [0; 100];
    let mut space = nix::cmsg_space!(UnixCredentials);
    let mut parts = [IoSliceMut::new(&mut bytes)];
    let message = recvmsg::<()>(socket, &mut parts, Some(&mut space), MsgFlags::empty())
        .expect("a message comes");
    let mut control = message.cmsgs().expect("there is room for it");
    match control.next() {
        Some(ControlMessageOwned::ScmCredentials(credentials)) => credentials.pid(),
        other => panic!("no credentials: {other:?}"),
    }
}
