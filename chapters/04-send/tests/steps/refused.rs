//! What is never sent, room or not.

use ch02_create::{Mode, Queue};
use ch04_send::Sender;
use nix::errno::Errno;

use crate::{NOBODY, ONE, OURS, new_queue, raw};

#[test]
fn too_long_message_is_refused() {
    support::in_namespace(|room| {
        let queue = new_queue(room);
        let mut sender = Sender::new(queue);
        assert_eq!(sender.send(ONE, &[0; 8193]), Err(Errno::EINVAL));
        assert_eq!(sender.try_send(ONE, &[0; 8193]), Err(Errno::EINVAL));
        assert_eq!(sender.send(ONE, b"not too long"), Ok(()));
        assert_eq!(raw::take(queue).1, b"not too long");
        room.remove(queue.id());
    });
}

#[test]
fn longest_message_is_what_msgmax_says() {
    support::in_namespace(|room| {
        let queue = new_queue(room);
        room.set_limit("msgmax", 100);
        let mut sender = Sender::new(queue);
        assert_eq!(sender.send(ONE, &[0; 101]), Err(Errno::EINVAL));
        assert_eq!(sender.send(ONE, &[0; 100]), Ok(()));
        room.remove(queue.id());
    });
}

#[test]
fn queue_that_was_removed_is_not_sent_to() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut sender = Sender::new(queue);
        sender.try_send(ONE, b"hello").expect("there is room");
        room.remove(queue.id());
        assert_eq!(sender.send(ONE, b"hello"), Err(Errno::EINVAL));
        assert_eq!(sender.try_send(ONE, b"hello"), Err(Errno::EINVAL));
    });
}

#[test]
fn number_that_is_not_an_id_is_refused() {
    for id in [-1, i32::MAX] {
        let sent = Sender::new(Queue::from_id(id)).send(ONE, b"hello");
        assert_eq!(sent, Err(Errno::EINVAL));
    }
}

#[test]
fn stranger_may_not_send() {
    support::alone(|room| {
        let queue = new_queue(room);
        let send = || Sender::new(queue).send(ONE, b"hello");
        if let Some(sent) = support::as_stranger(NOBODY, send) {
            assert_eq!(sent, Err(Errno::EACCES));
        }
        room.remove(queue.id());
    });
}

#[test]
fn stranger_may_send_where_others_may_write() {
    support::alone(|room| {
        let queue = Queue::private(OURS | Mode::S_IWOTH).expect("a queue can be made");
        room.watch(queue.id());
        let send = || Sender::new(queue).send(ONE, b"hello");
        if let Some(sent) = support::as_stranger(NOBODY, send) {
            assert_eq!(sent, Ok(()));
            assert_eq!(raw::take(queue), (1, b"hello".to_vec()));
        }
        room.remove(queue.id());
    });
}
