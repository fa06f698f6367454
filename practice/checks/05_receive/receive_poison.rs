use super::*;
use ch03_structure::MessageType;
use ch04_send::Sender;
use practice::{Room, Worker, alone, queue, send, until};
use std::fs;

/// What your function returns, and what is in the envelope then.
#[track_caller]
fn ask(id: c_int, awaited: &str) -> (nix::Result<()>, Vec<u8>) {
    let worker = Worker::start(move || {
        let mut envelope = Envelope::with_capacity(256);
        let received = receive(id, &mut envelope);
        (received, envelope.bytes().to_vec())
    });
    until(awaited, || worker.has_ended());
    worker.result().expect("no panic in your function")
}

/// Lets messages be longer than 8,192 bytes, in this room only, and if that is permitted.
fn longer(room: &Room) -> bool {
    let set = |name: &str| fs::write(format!("/proc/sys/kernel/{name}"), "32768").is_ok();
    room.is_namespace() && set("msgmnb") && set("msgmax")
}

#[test]
fn message_of_any_length_arrives_whole() {
    alone(|room| {
        let longest = if longer(room) { 20_000 } else { 8_000 };
        let queue = queue(room);
        let id = queue.id();
        let mut sender = Sender::new(queue);
        for length in [5, 300, 8_000, longest] {
            let sent = sender.try_send(MessageType::ONE, &vec![b'x'; length]);
            sent.expect("room for it");
            send(id, 1, b"the next").expect("room for it");
            let awaited = format!(
                "your function to return with a message of {length} bytes: it asks again, and has no \
                 more room than before"
            );
            let (received, bytes) = ask(id, &awaited);
            assert!(
                received != Err(Errno::E2BIG) || length >= 8_000,
                "you return E2BIG, and the message is still in the queue: your program will find it \
                 there again, whenever it is started"
            );
            assert!(
                received != Err(Errno::E2BIG),
                "you make room once, and that is not enough for a message of {length} bytes"
            );
            assert_eq!(received, Ok(()), "a message of {length} bytes was there");
            assert!(
                bytes != b"the next",
                "the message of {length} bytes was thrown away, and the next one received: it was to \
                 arrive"
            );
            assert!(
                bytes.len() >= length,
                "the message was cut: it had {length} bytes, you have {}, and nobody was told",
                bytes.len()
            );
            assert_eq!(bytes, vec![b'x'; length], "other bytes arrived");
            let next = practice::receive(id).map(|message| message.bytes);
            assert_eq!(
                next.as_deref(),
                Some(&b"the next"[..]),
                "one message was to be taken, and the next one left"
            );
        }
        room.remove(id);
    });
}

#[test]
fn other_errors_are_returned() {
    alone(|room| {
        let id = queue(room).id();
        room.remove(id);
        let awaited = "your function to return, as there is no such queue any more (EINVAL): does it ask \
                       again after every error?";
        let (received, _) = ask(id, awaited);
        assert!(
            received.is_err(),
            "there is no such queue any more, and you return Ok with no message"
        );
        assert_eq!(
            received,
            Err(Errno::EINVAL),
            "there is no such queue any more"
        );
    });
}
