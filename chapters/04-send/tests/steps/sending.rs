//! A message that is sent arrives as it was.

use std::ffi::c_long;

use ch03_structure::MessageType;
use ch04_send::Sender;

use crate::{ONE, new_queue, raw};

#[test]
fn message_arrives_with_its_type_and_its_very_bytes() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut sender = Sender::new(queue);
        let all_bytes: Vec<u8> = (0..=255).collect();
        for raw_type in [1, 2, c_long::MAX] {
            let message_type = MessageType::new(raw_type).expect("at least 1");
            for bytes in
                [&b""[..], b"x", b"hello\0", b"seven..", b"eight...", b"nine.....", &all_bytes]
            {
                sender.send(message_type, bytes).expect("there is room");
                assert_eq!(raw::take(queue), (raw_type, bytes.to_vec()));
            }
        }
        room.remove(queue.id());
    });
}

#[test]
fn kernel_counts_the_bytes_without_the_type() {
    support::alone(|room| {
        let queue = new_queue(room);
        Sender::new(queue).send(ONE, b"hello\0").expect("there is room");
        assert_eq!(room.queues()[0].cbytes, 6);
        room.remove(queue.id());
    });
}

#[test]
fn message_carries_nothing_of_a_longer_one_before() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut sender = Sender::new(queue);
        sender.send(ONE, b"a secret text").expect("there is room");
        sender.send(ONE, b"hi").expect("there is room");
        raw::take(queue);
        assert_eq!(raw::take(queue), (1, b"hi".to_vec()));
        room.remove(queue.id());
    });
}

#[test]
fn messages_wait_in_the_order_in_which_they_were_sent() {
    support::alone(|room| {
        let queue = new_queue(room);
        let (mut one, mut other) = (Sender::new(queue), Sender::new(queue));
        one.send(ONE, b"first").expect("there is room");
        other.try_send(ONE, b"second").expect("there is room");
        one.send(ONE, b"third").expect("there is room");
        let received = [(); 3].map(|()| raw::take(queue).1);
        assert_eq!(received, [&b"first"[..], b"second", b"third"]);
        room.remove(queue.id());
    });
}

#[test]
fn sender_is_remembered_by_its_process_id() {
    support::alone(|room| {
        let queue = new_queue(room);
        assert_eq!(room.queues()[0].lspid, 0);
        Sender::new(queue).send(ONE, b"").expect("there is room");
        let process = i32::try_from(std::process::id()).expect("process ids are small");
        assert_eq!(room.queues()[0].lspid, process);
        room.remove(queue.id());
    });
}

#[test]
fn longest_message_arrives_whole() {
    support::in_namespace(|room| {
        let queue = new_queue(room);
        let longest: Vec<u8> =
            (0..8192_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect();
        Sender::new(queue).send(ONE, &longest).expect("msgmax is 8192");
        assert_eq!(raw::take(queue), (1, longest));
        room.remove(queue.id());
    });
}

#[test]
fn sender_knows_its_queue() {
    support::alone(|room| {
        let queue = new_queue(room);
        assert_eq!(Sender::new(queue).queue(), queue);
        room.remove(queue.id());
    });
}
