//! Which message comes out.

use ch05_receive::{Receiver, Select};
use nix::errno::Errno;
use support::while_asleep;

use crate::{new_queue, number, queue_with, raw, read, send};

/// What is received, one after the other, until nothing is left that `select` wants.
fn all(receiver: &mut Receiver, select: Select) -> Vec<String> {
    let mut texts = Vec::new();
    while let Some(message) = receiver.try_recv(select).expect("the queue is ours") {
        texts.push(read(message).1);
    }
    texts
}

#[test]
fn any_takes_the_oldest() {
    support::alone(|room| {
        let queue = queue_with(room, &[(3, "a"), (1, "b"), (2, "c")]);
        assert_eq!(all(&mut Receiver::new(queue), Select::Any), ["a", "b", "c"]);
        room.remove(queue.id());
    });
}

#[test]
fn exactly_takes_the_oldest_of_the_type() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "a"), (2, "b"), (1, "c"), (2, "d")]);
        let mut receiver = Receiver::new(queue);
        assert_eq!(all(&mut receiver, Select::Exactly(number(2))), ["b", "d"]);
        assert_eq!(all(&mut receiver, Select::Any), ["a", "c"]);
        room.remove(queue.id());
    });
}

#[test]
fn all_but_takes_the_oldest_of_any_other_type() {
    support::alone(|room| {
        let queue = queue_with(room, &[(2, "a"), (3, "b"), (2, "c"), (1, "d")]);
        let mut receiver = Receiver::new(queue);
        assert_eq!(all(&mut receiver, Select::AllBut(number(2))), ["b", "d"]);
        assert_eq!(all(&mut receiver, Select::Any), ["a", "c"]);
        room.remove(queue.id());
    });
}

#[test]
fn up_to_takes_the_lowest_type_first() {
    support::alone(|room| {
        let queue = queue_with(room, &[(4, "4"), (3, "3"), (2, "2"), (1, "1")]);
        let mut receiver = Receiver::new(queue);
        let first = receiver.recv(Select::UpTo(number(2)));
        assert_eq!(first.map(read), Ok((1, "1".to_owned())));
        assert_eq!(all(&mut receiver, Select::UpTo(number(3))), ["2", "3"]);
        assert_eq!(all(&mut receiver, Select::Any), ["4"]);
        room.remove(queue.id());
    });
}

#[test]
fn up_to_takes_the_oldest_of_the_lowest_type() {
    support::alone(|room| {
        let queue = queue_with(room, &[(2, "a"), (1, "b"), (2, "c"), (1, "d")]);
        let texts = all(&mut Receiver::new(queue), Select::UpTo(number(2)));
        assert_eq!(texts, ["b", "d", "a", "c"]);
        room.remove(queue.id());
    });
}

#[test]
fn up_to_the_largest_type_takes_them_all_in_order_of_type() {
    support::alone(|room| {
        let largest = libc::c_long::MAX;
        let queue = queue_with(room, &[(largest, "c"), (2, "b"), (1, "a")]);
        let texts = all(&mut Receiver::new(queue), Select::UpTo(number(largest)));
        assert_eq!(texts, ["a", "b", "c"]);
        room.remove(queue.id());
    });
}

#[test]
fn sleeping_receiver_takes_the_first_arrival_not_the_lowest() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut receiver = Receiver::new(queue);
        let received = while_asleep(
            || receiver.recv(Select::UpTo(number(9))).map(read),
            |_| send(queue, &[(5, "first"), (1, "lowest")]),
        );
        assert_eq!(received, Ok((5, "first".to_owned())));
        room.remove(queue.id());
    });
}

#[test]
fn sleeping_receiver_lets_pass_what_it_does_not_want() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut receiver = Receiver::new(queue);
        let received = while_asleep(
            || receiver.recv(Select::Exactly(number(2))).map(read),
            |_| send(queue, &[(1, "not this"), (3, "nor this"), (2, "this")]),
        );
        assert_eq!(received, Ok((2, "this".to_owned())));
        assert_eq!(all(&mut receiver, Select::Any), ["not this", "nor this"]);
        room.remove(queue.id());
    });
}

#[test]
fn msg_except_is_ignored_with_0_and_negative_numbers() {
    support::alone(|room| {
        let queue = queue_with(room, &[(3, "a"), (2, "b"), (1, "c")]);
        let flags = libc::MSG_EXCEPT | libc::IPC_NOWAIT;
        assert_eq!(raw::receive(queue, 64, 0, flags), Ok((3, b"a".to_vec())));
        assert_eq!(raw::receive(queue, 64, -2, flags), Ok((1, b"c".to_vec())));
        assert_eq!(raw::receive(queue, 64, -1, flags), Err(Errno::ENOMSG));
        room.remove(queue.id());
    });
}
