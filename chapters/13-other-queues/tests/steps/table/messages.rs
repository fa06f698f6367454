//! What becomes of a message: its boundaries, its place.

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch13_other_queues::{Datagram, Pipe, Posix, SeqPacket, SystemV};
use nix::errno::Errno;
use nix::mqueue::mq_send;
use support::Room;

use super::cells::Cell;
use crate::native::Native;

// ANCHOR: cell
/// Sends two messages by the bare calls, receives once, and says what the cell has to say.
pub(super) fn boundaries<Q: Native>(_: &Room, (mut sender, mut receiver): (Q, Q)) -> Cell {
    for text in [b"ab", b"cd"] {
        sender.send_plain(text).expect("there is room");
    }
    let mut buffer = [0; 8192];
    let len = receiver.try_recv_plain(&mut buffer).expect("something is there");
    match &buffer[..len] {
        b"ab" => "yes".into(),
        b"abcd" => "no: ours sends a length first".into(),
        other => panic!("received {}", other.escape_ascii()),
    }
}
// ANCHOR_END: cell

pub(super) fn empty<Q: Native>(_: &Room, (mut sender, mut receiver): (Q, Q)) -> Cell {
    sender.send_plain(b"").expect("there is room");
    let first = receiver.try_recv_plain(&mut [0; 8192]);
    sender.close().expect("it is open");
    let after_the_end = receiver.try_recv_plain(&mut [0; 8192]);
    match (first, after_the_end) {
        (Ok(0), Err(Errno::EAGAIN)) => "yes".into(),
        (Ok(0), Ok(0)) => "looks like the end".into(),
        (Err(Errno::EAGAIN), _) => "is not sent at all".into(),
        other => panic!("received {other:?}"),
    }
}

pub(super) fn choice<Q: Choice>(_: &Room, (sender, receiver): (Q, Q)) -> Cell {
    Q::choose(sender, receiver)
}

/// Whether a receiver gets something other than the oldest message, if it can ask for that.
pub(super) trait Choice: Native {
    fn choose(mut sender: Self, mut receiver: Self) -> Cell {
        for text in [b"old", b"new"] {
            sender.send(text).expect("there is room");
        }
        let first = receiver.try_recv().expect("there are two");
        if first == Some(b"old") { "no: the oldest".into() } else { panic!("{first:?} came first") }
    }
}

impl Choice for SeqPacket {}
impl Choice for Datagram {}
impl Choice for Pipe {}

impl Choice for SystemV {
    fn choose(_: SystemV, receiver: SystemV) -> Cell {
        let queue: Queue = receiver.queue();
        let [one, two] = [1, 2].map(|number| MessageType::new(number).expect("it is above 0"));
        for (message_type, text) in [(two, b"old"), (one, b"new")] {
            Sender::new(queue).try_send(message_type, text).expect("there is room");
        }
        let mut receiver = Receiver::new(queue);
        let chosen = receiver.try_recv(Select::Exactly(one)).expect("there are two");
        assert_eq!(chosen.expect("one of them").bytes(), b"new");
        "by type".into()
    }
}

impl Choice for Posix {
    fn choose(sender: Posix, mut receiver: Posix) -> Cell {
        use ch13_other_queues::MessageQueue;
        for (priority, text) in [(1, b"old"), (2, b"new")] {
            mq_send(sender.queue(), text, priority).expect("there is room");
        }
        assert_eq!(receiver.try_recv(), Ok(Some(&b"new"[..])));
        "the highest priority".into()
    }
}
