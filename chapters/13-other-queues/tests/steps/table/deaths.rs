//! What the other side notices when a program is killed.

use nix::errno::Errno;
use support::Room;

use super::cells::Cell;
use crate::native::Native;
use crate::peer::Peer;

pub(super) fn sender<Q: Native>(_: &Room, (sender, mut receiver): (Q, Q)) -> Cell {
    let mut peer = Peer::sender(&sender);
    sender.close().expect("it is open");
    peer.send("hello");
    assert_eq!(receiver.recv(), Ok(Some(&b"hello"[..])));
    peer.kill();
    match receiver.try_recv() {
        Ok(None) => "yes: the end".into(),
        Err(Errno::EAGAIN) => "no".into(),
        other => panic!("received {other:?}"),
    }
}

pub(super) fn receiver<Q: Native>(_: &Room, (mut sender, receiver): (Q, Q)) -> Cell {
    let mut peer = Peer::receiver(&receiver);
    let _kept = receiver.part_with();
    sender.send(b"hello").expect("there is room");
    assert_eq!(peer.line(), "5 bytes: \"hello\"\n");
    peer.kill();
    match sender.send(b"are you there?") {
        Ok(()) => "no".into(),
        Err(errno) => format!("yes: `{errno:?}`").into(),
    }
}
