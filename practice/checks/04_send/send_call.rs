use super::*;
use nix::errno::Errno;
use practice::{Call, Room, Worker, alone, edges, errnos, failing, fill, queue, until};
use std::ffi::c_long;

#[path = "send_call/arrived.rs"]
mod arrived;
use arrived::arrived;

const TEXT: &[u8] = b"hello there, it is me";

fn envelope(message_type: c_long, bytes: &[u8]) -> Envelope {
    let mut envelope = Envelope::with_capacity(100);
    envelope.fill(MessageType::new(message_type).expect("a type"), bytes);
    envelope
}

#[test]
fn message_arrives_as_it_is() {
    alone(|room| {
        let id = queue(room).id();
        let bytes = arrived(id, 1, "a text of 21 bytes", TEXT);
        let (yours, right) = (bytes.len(), TEXT.len());
        assert!(yours != right - 1, "you left the last byte out, and it was not a NUL");
        assert!(
            bytes == TEXT,
            "you were given {right} bytes without a NUL, and {yours} arrived: the size that you give \
             is not the message's, or the bytes are not"
        );
        room.remove(id);
        // Another id, and other types.
        let (_unused, id) = (queue(room).id(), queue(room).id());
        let texts = edges::bytes();
        for (what, text) in texts.iter().filter(|(_, text)| !text.ends_with(b"\0")) {
            for message_type in [1, 7, c_long::MAX] {
                let what = format!("a text with {what}, of type {message_type}");
                let bytes = arrived(id, message_type, &what, text);
                assert!(
                    bytes == *text,
                    "{what} has {} bytes, and you sent {}: every byte counts, whatever it is; a NUL \
                     inside does not end a message",
                    text.len(),
                    bytes.len()
                );
            }
        }
        practice::clear(room);
    });
}

#[test]
fn trailing_nul_is_not_sent() {
    alone(|room| {
        let id = queue(room).id();
        let bytes = arrived(id, 2, "a text with a NUL at the end", b"good morning\0");
        assert!(
            bytes != b"good morning\0",
            "the text has 12 bytes and a NUL, and you sent all 13: the size says where the message \
             ends, and here that is before a NUL at the end"
        );
        let table: [(&str, &[u8], &[u8]); 4] = [
            ("a text with a NUL at the end", b"good morning\0", b"good morning"),
            ("a NUL inside and one at the end", b"a\0b\0", b"a\0b"),
            ("several NULs at the end", b"text\0\0\0", b"text\0\0"),
            ("a NUL and nothing else", b"\0", b""),
        ];
        for (what, text, right) in table {
            let bytes = arrived(id, 2, what, text);
            assert!(
                bytes == right,
                "{what}: of {} bytes you sent {}. The one byte that stays behind is the last, if it \
                 is a NUL; those before it are the sender's business",
                text.len(),
                bytes.len()
            );
        }
        room.remove(id);
    });
}

/// Your function, with a message for a queue that is full.
fn to_full(room: &Room, wait: bool) -> (c_int, Worker<nix::Result<()>>) {
    let queue = queue(room);
    fill(queue);
    let worker = Worker::start(move || send(queue.id(), &envelope(3, TEXT), wait));
    (queue.id(), worker)
}

#[test]
fn nonblocking_send_to_full_queue_fails_with_eagain() {
    alone(|room| {
        let (id, worker) = to_full(room, false);
        until(
            "your function to return: the queue is full and `wait` is false, and it waits all the \
             same; which flag forbids that?",
            || worker.has_ended(),
        );
        let sent = worker.returned("a full queue");
        fails_with(sent, Errno::EAGAIN, "the queue is full and `wait` is false");
        room.remove(id);
    });
}

#[test]
fn blocking_send_to_full_queue_waits_for_room() {
    alone(|room| {
        let (id, worker) = to_full(room, true);
        until("your function to sleep in msgsnd, or to return", || {
            worker.has_ended() || worker.waits()
        });
        if worker.has_ended() {
            let sent = worker.returned("a full queue");
            assert!(
                sent.is_err(),
                "the queue is full, and you return Ok without waiting: msgsnd has not been called"
            );
            panic!(
                "the queue is full and `wait` is true, and you do not wait: the flag is for the \
                 other case"
            );
        }
        practice::receive(id).expect("a message of 8,192 bytes");
        until("your function to return, as there is room now", || worker.has_ended());
        let sent = worker.returned("a full queue");
        assert!(sent.is_ok(), "your function waited until there was room, and returns {sent:?}");
        room.remove(id);
    });
}

/// What your function returns is this errno.
#[track_caller]
fn fails_with(sent: nix::Result<()>, errno: Errno, what: &str) {
    assert!(
        sent.is_err(),
        "{what} ({errno:?}), and you return Ok: nobody has looked at what msgsnd returned, or it was \
         called again"
    );
    assert!(
        sent != Err(Errno::EPERM),
        "{what} ({errno:?}), and you return EPERM, which is number 1: -1 only says that the call has \
         failed, and the reason is in errno"
    );
    assert!(
        sent == Err(errno),
        "{what} ({errno:?}), and you return {sent:?}: each error is returned as it is"
    );
}

#[test]
fn errors_are_returned() {
    alone(|room| {
        let id = queue(room).id();
        for errno in errnos::SEND {
            for wait in [true, false] {
                let is_send = |call| matches!(call, Call::Send(..));
                let sent = failing(is_send, 1, errno, || send(id, &envelope(1, TEXT), wait));
                // None if msgsnd is not called at all, and other tests say that.
                if let Some(sent) = sent {
                    fails_with(sent, errno, "msgsnd has failed");
                }
            }
        }
        room.remove(id);
    });
}
