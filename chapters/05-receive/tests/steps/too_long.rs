//! Messages that are longer than the room for them.

use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use nix::errno::Errno;

use crate::{new_queue, number, queue_with, raw};

#[test]
fn too_long_message_stays_queued() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "ten bytes.")]);
        for _ in 0..3 {
            assert_eq!(raw::receive(queue, 9, 0, libc::IPC_NOWAIT), Err(Errno::E2BIG));
            assert_eq!((room.queues()[0].qnum, room.queues()[0].cbytes), (1, 10));
        }
        let received = raw::receive(queue, 10, 0, libc::IPC_NOWAIT);
        assert_eq!(received, Ok((1, b"ten bytes.".to_vec())));
        room.remove(queue.id());
    });
}

#[test]
fn e2big_has_nothing_to_do_with_arguments() {
    assert_eq!(Errno::E2BIG.desc(), "Argument list too long");
}

#[test]
fn msg_noerror_truncates_silently() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "ten bytes.")]);
        let flags = libc::IPC_NOWAIT | libc::MSG_NOERROR;
        assert_eq!(raw::receive(queue, 3, 0, flags), Ok((1, b"ten".to_vec())));
        assert_eq!(room.queues()[0].qnum, 0, "the rest is lost");
        room.remove(queue.id());
    });
}

#[test]
fn msg_noerror_and_no_room_discard_the_bytes() {
    support::alone(|room| {
        let queue = queue_with(room, &[(7, "ten bytes.")]);
        let flags = libc::IPC_NOWAIT | libc::MSG_NOERROR;
        assert_eq!(raw::receive(queue, 0, 0, flags), Ok((7, Vec::new())));
        assert_eq!(room.queues()[0].qnum, 0);
        room.remove(queue.id());
    });
}

/// Sends a message of so many bytes, then lets `msgmax` be what it is by default.
fn send_long(room: &support::Room, queue: ch02_create::Queue, bytes: &[u8]) {
    let before = room.limit("msgmax");
    room.set_limit("msgmax", 100_000);
    Sender::new(queue).send(number(1), bytes).expect("msgmax allows it now");
    room.set_limit("msgmax", before);
}

#[test]
fn receiver_grows_for_a_message_longer_than_todays_msgmax() {
    support::in_namespace(|room| {
        room.set_limit("msgmnb", 200_000); // what queues made from now on may hold
        let queue = new_queue(room);
        let long: Vec<u8> =
            (0..50_000_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect();
        send_long(room, queue, &long);
        let mut receiver = Receiver::new(queue);
        let message = receiver.recv(Select::Any).expect("there is a message");
        assert!(message.bytes() == long, "it arrives whole");

        send_long(room, queue, &long);
        let message = receiver.try_recv(Select::Any).expect("the queue is ours");
        assert!(message.expect("there is one").bytes() == long);
        room.remove(queue.id());
    });
}

#[test]
fn receiver_offers_no_more_room_than_it_has() {
    support::in_namespace(|room| {
        let queue = new_queue(room);
        // A receiver begins with 8,192 bytes. If it counted its room for the type among them, the
        // kernel would write the last bytes of these messages behind its memory.
        for length in 8185..=8208 {
            let bytes = vec![b'x'; length];
            send_long(room, queue, &bytes);
            let mut receiver = Receiver::new(queue);
            let message = receiver.recv(Select::Any).expect("there is a message");
            assert!(message.bytes() == bytes, "{length} bytes");
        }
        room.remove(queue.id());
    });
}

#[test]
fn message_longer_than_todays_msgmax_cannot_be_peeked_at() {
    support::in_namespace(|room| {
        room.set_limit("msgmnb", 200_000);
        let queue = new_queue(room);
        send_long(room, queue, &[b'x'; 50_000]);
        let mut receiver = Receiver::new(queue);
        assert!(matches!(receiver.peek(0), Err(Errno::EINVAL)));
        assert_eq!(receiver.recv(Select::Any).map(|m| m.bytes().len()), Ok(50_000));
        room.remove(queue.id());
    });
}
