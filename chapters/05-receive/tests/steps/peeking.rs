//! Looking at messages without taking them.

use ch05_receive::{Receiver, Select};
use nix::errno::Errno;

use crate::{queue_with, raw, read};

const COPY: i32 = libc::MSG_COPY | libc::IPC_NOWAIT;

#[test]
fn peek_copies_the_message_at_a_place_and_leaves_it() {
    support::alone(|room| {
        let queue = queue_with(room, &[(3, "a"), (1, "b")]);
        let mut receiver = Receiver::new(queue);
        for (place, there) in [(1, (1, "b")), (0, (3, "a")), (0, (3, "a"))] {
            let message = receiver.peek(place).expect("the queue is ours");
            let (message_type, text) = read(message.expect("there is a message"));
            assert_eq!((message_type, text.as_str()), there);
        }
        assert_eq!(room.queues()[0].qnum, 2);
        assert_eq!(receiver.recv(Select::Any).map(read), Ok((3, "a".to_owned())));
        room.remove(queue.id());
    });
}

#[test]
fn there_is_nothing_past_the_end() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "only")]);
        let mut receiver = Receiver::new(queue);
        for place in [1, 1000, usize::MAX] {
            assert_eq!(receiver.peek(place).map(|none| none.map(read)), Ok(None));
        }
        assert_eq!(raw::receive(queue, 64, 1, COPY), Err(Errno::ENOMSG));
        room.remove(queue.id());
    });
}

#[test]
fn peek_leaves_no_trace() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "only")]);
        let before = room.queues();
        let mut receiver = Receiver::new(queue);
        assert!(receiver.peek(0).expect("the queue is ours").is_some());
        assert_eq!(room.queues(), before, "receiver and time of receipt included");
        assert_eq!((before[0].lrpid, before[0].rtime), (0, 0));
        room.remove(queue.id());
    });
}

#[test]
fn longest_message_can_be_peeked_at() {
    support::alone(|room| {
        let text = "x".repeat(8192);
        let queue = queue_with(room, &[(1, &text)]);
        let mut receiver = Receiver::new(queue);
        let message = receiver.peek(0).expect("the queue is ours");
        assert_eq!(message.map(read), Some((1, text)));
        room.remove(queue.id());
    });
}

#[test]
fn msg_copy_does_not_go_with_waiting_or_with_msg_except() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "only")]);
        for flags in [libc::MSG_COPY, COPY | libc::MSG_EXCEPT] {
            assert_eq!(raw::receive(queue, 64, 0, flags), Err(Errno::EINVAL));
        }
        assert_eq!(raw::receive(queue, 64, 0, COPY), Ok((1, b"only".to_vec())));
        room.remove(queue.id());
    });
}

#[test]
fn msg_copy_neither_truncates_nor_overflows() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "only")]);
        assert_eq!(raw::receive(queue, 3, 0, COPY), Err(Errno::E2BIG));
        let cut = raw::receive(queue, 3, 0, COPY | libc::MSG_NOERROR);
        assert_eq!(cut, Err(Errno::EINVAL));
        room.remove(queue.id());
    });
}
