//! A message that is received, and none.

use ch02_create::{Mode, Queue};
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use nix::errno::Errno;

use crate::{NOBODY, OURS, new_queue, number, queue_with, raw, read};

#[test]
fn message_is_received_once_with_its_type_and_all_its_bytes() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut receiver = Receiver::new(queue);
        let all_bytes: Vec<u8> = (0..=255).collect();
        for bytes in [&b""[..], b"x", b"eight by", b"nine byte", &all_bytes] {
            Sender::new(queue).send(number(7), bytes).expect("there is room");
            let message = receiver.recv(Select::Any).expect("there is a message");
            assert_eq!((message.message_type(), message.bytes()), (number(7), bytes));
        }
        assert_eq!(room.queues()[0].qnum, 0);
        room.remove(queue.id());
    });
}

#[test]
fn short_message_shows_nothing_of_the_long_one_before() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "a long message"), (1, "hi")]);
        let mut receiver = Receiver::new(queue);
        receiver.recv(Select::Any).expect("there is a message");
        let message = receiver.recv(Select::Any).expect("there is a message");
        assert_eq!(message.bytes(), b"hi");
        assert_eq!(format!("{message:?}"), r#"Message { message_type: 1, bytes: "hi" }"#);
        room.remove(queue.id());
    });
}

#[test]
fn last_message_stays_until_another_takes_its_place() {
    support::alone(|room| {
        let queue = queue_with(room, &[(2, "first"), (3, "second")]);
        let mut receiver = Receiver::new(queue);
        assert_eq!(read(receiver.last()), (1, String::new()), "none has come yet");
        receiver.recv(Select::Any).expect("there is a message");
        assert!(receiver.try_recv(Select::Exactly(number(9))).is_ok_and(|none| none.is_none()));
        assert_eq!(read(receiver.last()), (2, "first".to_owned()));
        receiver.peek(0).expect("the queue is ours");
        assert_eq!(read(receiver.last()), (3, "second".to_owned()));
        room.remove(queue.id());
    });
}

#[test]
fn text_ends_at_the_first_nul_or_at_the_end() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "one\0two\0"), (1, "no nul"), (1, ""), (1, "\0")]);
        let mut receiver = Receiver::new(queue);
        for text in [&b"one"[..], b"no nul", b"", b""] {
            let message = receiver.recv(Select::Any).expect("there is a message");
            assert_eq!(message.text(), text);
        }
        room.remove(queue.id());
    });
}

#[test]
fn nonblocking_receive_from_empty_queue_returns_none() {
    support::alone(|room| {
        let queue = new_queue(room);
        let received = Receiver::new(queue).try_recv(Select::Any).map(|none| none.map(read));
        assert_eq!(received, Ok(None));
        room.remove(queue.id());
    });
}

#[test]
fn queue_without_the_wanted_type_gives_none() {
    support::alone(|room| {
        let queue = queue_with(room, &[(5, "five")]);
        let mut receiver = Receiver::new(queue);
        for select in
            [Select::Exactly(number(1)), Select::AllBut(number(5)), Select::UpTo(number(4))]
        {
            assert_eq!(
                receiver.try_recv(select).map(|none| none.map(read)),
                Ok(None),
                "{select:?}"
            );
        }
        room.remove(queue.id());
    });
}

#[test]
fn nonblocking_msgrcv_from_empty_queue_fails_with_enomsg() {
    support::alone(|room| {
        let queue = new_queue(room);
        assert_eq!(raw::receive(queue, 64, 0, libc::IPC_NOWAIT), Err(Errno::ENOMSG));
        room.remove(queue.id());
    });
}

#[test]
fn queue_that_was_removed_is_not_received_from() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "lost")]);
        let mut receiver = Receiver::new(queue);
        room.remove(queue.id());
        assert_eq!(receiver.recv(Select::Any).map(read), Err(Errno::EINVAL));
        assert!(matches!(receiver.try_recv(Select::Any), Err(Errno::EINVAL)));
        assert!(matches!(receiver.peek(0), Err(Errno::EINVAL)));
    });
}

#[test]
fn stranger_may_not_receive() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "private")]);
        let receive = || {
            let mut receiver = Receiver::new(queue);
            (receiver.recv(Select::Any).map(read), receiver.peek(0).map(drop))
        };
        if let Some(answers) = support::as_stranger(NOBODY, receive) {
            assert_eq!(answers, (Err(Errno::EACCES), Err(Errno::EACCES)));
            assert_eq!(room.queues()[0].qnum, 1);
        }
        room.remove(queue.id());
    });
}

#[test]
fn stranger_may_receive_where_others_may_read() {
    support::alone(|room| {
        let queue = Queue::private(OURS | Mode::S_IROTH).expect("a queue can be made");
        room.watch(queue.id());
        Sender::new(queue).send(number(1), b"public").expect("there is room");
        let receive = || Receiver::new(queue).recv(Select::Any).map(read);
        if let Some(received) = support::as_stranger(NOBODY, receive) {
            assert_eq!(received, Ok((1, "public".to_owned())));
        }
        room.remove(queue.id());
    });
}

#[test]
fn receiver_knows_its_queue() {
    support::alone(|room| {
        let queue = new_queue(room);
        assert_eq!(Receiver::new(queue).queue(), queue);
        room.remove(queue.id());
    });
}
