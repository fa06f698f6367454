use super::*;
use ch03_structure::MessageType;
use ch04_send::Sender;
use practice::{Call, Room, Worker, alone, errnos, failing, queue, send, until};
use std::fs;

/// What your function returns, and what is in the envelope then.
type Received = (nix::Result<()>, Vec<u8>);

/// Gives your function an envelope for this many bytes.
#[track_caller]
fn ask(id: c_int, capacity: usize, what: &str) -> Received {
    let worker = Worker::start(move || {
        let mut envelope = Envelope::with_capacity(capacity);
        let received = receive(id, &mut envelope);
        (received, envelope.bytes().to_vec())
    });
    let awaited = format!(
        "your function to return with {what} and an envelope for {capacity} bytes: it asks again, and \
         has no more room than before"
    );
    until(&awaited, || worker.has_ended() || worker.waits());
    assert!(
        worker.has_ended(),
        "{what} was there, and your function waits for another one: what became of the first?"
    );
    worker.returned(what)
}

/// Sets the limits of this room, if that is permitted.
fn limited(room: &Room, bytes: usize) -> bool {
    let set = |name: &str| fs::write(format!("/proc/sys/kernel/{name}"), bytes.to_string()).is_ok();
    room.is_namespace() && set("msgmnb") && set("msgmax")
}

/// Sends a message of this length and another one, and asks your function for the first.
#[track_caller]
fn arrives_whole(room: &Room, length: usize, capacity: usize, limit_falls: bool) {
    let queue = queue(room);
    let id = queue.id();
    let mut bytes = b"0123456789".repeat(1 + length / 10);
    bytes.truncate(length);
    let sent = Sender::new(queue).try_send(MessageType::ONE, &bytes);
    sent.expect("room for it");
    send(id, 1, b"the next").expect("room for it");
    if limit_falls {
        limited(room, 8192);
    }
    let what = format!("a message of {length} bytes");
    let (received, yours) = ask(id, capacity, &what);
    assert!(
        received != Err(Errno::E2BIG) || !limit_falls,
        "you return E2BIG for {what}: a message may be older than today's msgmax, which has been \
         lowered since; only the next call can say whether there is room enough"
    );
    assert!(
        received != Err(Errno::E2BIG) || length > 300,
        "you return E2BIG, and the message is still in the queue: your program will find it \
         there again, whenever it is started"
    );
    assert!(
        received != Err(Errno::E2BIG) || length > 8_200,
        "you make room once, and that is not enough for {what}"
    );
    assert!(
        received != Err(Errno::E2BIG),
        "you make room up to a limit of your own, and that is not enough for {what}: how long one is, \
         its sender decides"
    );
    assert!(received.is_ok(), "{what} was there, and you return {received:?}");
    assert!(
        yours != b"the next",
        "{what} was thrown away, and the next one received: it was to arrive"
    );
    assert!(
        yours.len() >= length,
        "the message was cut: it had {length} bytes, you have {}, and nobody will know",
        yours.len()
    );
    assert!(
        yours == bytes,
        "{what} was sent, and you have {} bytes, not all of them those that were sent",
        yours.len()
    );
    let next = practice::receive(id).map(|message| message.bytes);
    assert!(
        next.as_deref() == Some(b"the next"),
        "one message was to be taken, and the next one left: you took both"
    );
    room.remove(id);
}

#[test]
fn message_of_any_length_arrives_whole() {
    alone(|room| {
        for length in [5, 300, 0, 1, 255, 256, 257, 513, 8_000] {
            arrives_whole(room, length, 256, false);
        }
        for (capacity, length) in [(8192, 1), (8, 9), (8, 8_000), (1, 300), (0, 1), (0, 8_000)] {
            arrives_whole(room, length, capacity, false);
        }
        for length in [8_200, 1_500_000] {
            if !limited(room, length + 8) {
                return println!("no messages above 8,192 bytes here: not tried");
            }
            arrives_whole(room, length, 256, false);
            limited(room, length + 8);
            arrives_whole(room, length, 256, true);
        }
    });
}

#[test]
fn other_errors_are_returned() {
    alone(|room| {
        let id = queue(room).id();
        // At the first call, and at one that follows E2BIG.
        for (nth, errno) in errnos::at_steps(2, &errnos::RECEIVE, &[Errno::E2BIG]) {
            send(id, 1, &[b'x'; 300]).expect("room for it");
            let is_receive = |call| matches!(call, Call::Receive(..));
            let worker = Worker::start(move || {
                failing(is_receive, nth, errno, || receive(id, &mut Envelope::with_capacity(256)))
            });
            let awaited = format!(
                "your function to return, as msgrcv has failed ({errno:?}): does it ask again?"
            );
            until(&awaited, || worker.has_ended());
            let received = worker.returned("an error of msgrcv");
            // None if there was no such call: a function that makes room once or never, and the
            // other test says that.
            let Some(received) = received else { continue };
            assert!(
                received != Ok(()) || practice::receive(id).is_some(),
                "msgrcv has failed ({errno:?}), and you have received the message all the same: did \
                 it call again after {errno:?}?"
            );
            fails_with(received, errno, "msgrcv has failed");
            practice::receive(id);
        }
        room.remove(id);
        let worker = Worker::start(move || receive(id, &mut Envelope::with_capacity(256)));
        until(
            "your function to return, as there is no such queue any more (EINVAL): does it ask \
             again after every error?",
            || worker.has_ended(),
        );
        let received = worker.returned("a queue that is gone");
        fails_with(received, Errno::EINVAL, "there is no such queue any more");
    });
}

#[track_caller]
fn fails_with(received: nix::Result<()>, errno: Errno, what: &str) {
    assert!(
        received.is_err(),
        "{what} ({errno:?}), and you return Ok: no message is in the envelope"
    );
    assert!(
        received == Err(errno),
        "{what} ({errno:?}), and you return {received:?}: hand on the error that ended it"
    );
}
