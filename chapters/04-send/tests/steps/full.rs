//! What "full" means.

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;
use support::while_asleep;

use crate::{ONE, new_queue, raw};

/// How many such messages the queue takes.
fn fill(queue: Queue, bytes: usize) -> usize {
    let (mut sender, bytes) = (Sender::new(queue), vec![b'x'; bytes]);
    let sent = (0..).take_while(|_| match sender.try_send(ONE, &bytes) {
        Ok(()) => true,
        Err(errno) => {
            assert_eq!(errno, Errno::EAGAIN);
            false
        }
    });
    sent.count()
}

#[test]
fn queue_holds_16384_bytes() {
    support::in_namespace(|room| {
        for (bytes, messages) in [(8192, 2), (8000, 2), (256, 64), (1000, 16), (1, 16_384)] {
            let queue = new_queue(room);
            assert_eq!(fill(queue, bytes), messages, "of {bytes} bytes");
            room.remove(queue.id());
        }
    });
}

#[test]
fn queue_holds_16384_empty_messages_and_no_more() {
    support::in_namespace(|room| {
        let queue = new_queue(room);
        assert_eq!(fill(queue, 0), 16_384);
        assert_eq!(room.queues()[0].cbytes, 0, "it is full of nothing");
        room.remove(queue.id());
    });
}

#[test]
fn nonblocking_send_to_full_queue_fails_with_eagain() {
    support::alone(|room| {
        let queue = new_queue(room);
        raw::set_capacity(queue, 10);
        let mut sender = Sender::new(queue);
        assert_eq!(sender.try_send(ONE, b"ten bytes."), Ok(()));
        assert_eq!(sender.try_send(ONE, b"x"), Err(Errno::EAGAIN));
        assert_eq!(room.queues()[0].qnum, 1, "nothing was sent");
        room.remove(queue.id());
    });
}

#[test]
fn empty_message_fits_where_no_byte_does() {
    support::alone(|room| {
        let queue = new_queue(room);
        raw::set_capacity(queue, 10);
        let mut sender = Sender::new(queue);
        sender.try_send(ONE, b"ten bytes.").expect("there is room");
        assert_eq!(sender.try_send(ONE, b""), Ok(()));
        room.remove(queue.id());
    });
}

#[test]
fn capacity_0_refuses_even_empty_messages() {
    support::alone(|room| {
        let queue = new_queue(room);
        raw::set_capacity(queue, 0);
        assert_eq!(Sender::new(queue).try_send(ONE, b""), Err(Errno::EAGAIN));
        room.remove(queue.id());
    });
}

#[test]
fn capacity_0_refuses_even_root() {
    support::in_namespace(|room| {
        let queue = new_queue(room);
        raw::set_capacity(queue, 0);
        assert!(nix::unistd::geteuid().is_root(), "in a namespace one is");
        assert_eq!(Sender::new(queue).try_send(ONE, b""), Err(Errno::EAGAIN));
        room.remove(queue.id());
    });
}

#[test]
fn sleeping_receiver_does_not_make_room() {
    support::alone(|room| {
        let queue = new_queue(room);
        let two = MessageType::new(2).expect("at least 1");
        raw::set_capacity(queue, 10);
        let mut sender = Sender::new(queue);
        sender.try_send(ONE, b"ten bytes.").expect("there is room");
        // Somebody waits for a message of type 2, and could be given it at once.
        let received = while_asleep(
            || raw::receive(queue, 2, 0),
            |_| {
                assert_eq!(sender.try_send(two, b"x"), Err(Errno::EAGAIN));
                raw::take(queue);
                sender.try_send(two, b"x").expect("there is room now");
            },
        );
        assert_eq!(received, Ok((2, b"x".to_vec())));
        room.remove(queue.id());
    });
}
