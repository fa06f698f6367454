use super::*;
use nix::errno::Errno;
use practice::{Worker, alone, fill, queue, until};
use std::ffi::c_long;

const TEXT: &[u8] = b"hello there, it is me";

fn envelope() -> Envelope {
    let mut envelope = Envelope::with_capacity(100);
    envelope.fill(MessageType::ONE, TEXT);
    envelope
}

#[test]
fn message_arrives_as_it_is() {
    alone(|room| {
        let id = queue(room).id();
        let envelope = envelope();
        let sent = send(id, &envelope, false);
        assert!(
            sent.is_ok(),
            "the queue is empty, and you return {sent:?}: is the queue's id the first argument?"
        );
        let Some(arrived) = practice::receive(id) else {
            panic!("you return Ok, and the queue is empty: msgsnd has not been called");
        };
        let begin = TEXT.first_chunk().map(|word| c_long::from_ne_bytes(*word));
        assert!(
            Some(arrived.message_type) != begin,
            "the kernel took your text for the type: the pointer is to the begin of the message, \
             where the type is"
        );
        let (yours, right) = (arrived.bytes.len(), TEXT.len());
        assert!(
            yours != right + size_of::<c_long>(),
            "the kernel was told to send 8 bytes too many: does your size count the message type?"
        );
        assert!(
            yours != envelope.capacity(),
            "all the room in the envelope was sent, {yours} bytes, and the message has {right}: \
             what stood there before goes with it"
        );
        assert_eq!(yours, right, "the size that you give is not the message's");
        assert_eq!(arrived.message_type, 1, "another type arrived");
        assert_eq!(arrived.bytes, TEXT, "other bytes arrived");
        room.remove(id);
    });
}

#[test]
fn nonblocking_send_to_full_queue_fails_with_eagain() {
    alone(|room| {
        let queue = queue(room);
        fill(queue);
        let worker = Worker::start(move || send(queue.id(), &envelope(), false));
        until(
            "your function to return: the queue is full and `wait` is false, and it waits all the \
             same; which flag forbids that?",
            || worker.has_ended(),
        );
        let sent = worker.result().expect("no panic in your function");
        assert!(
            sent.is_err(),
            "the queue is full, and you return Ok: nobody has looked at what msgsnd returned"
        );
        assert!(
            sent != Err(Errno::EPERM),
            "you return EPERM, which is number 1: -1 only says that the call has failed, and the \
             reason is in errno"
        );
        assert_eq!(
            sent,
            Err(Errno::EAGAIN),
            "the queue is full, and `wait` is false"
        );
        room.remove(queue.id());
    });
}

#[test]
fn blocking_send_to_full_queue_waits_for_room() {
    alone(|room| {
        let queue = queue(room);
        fill(queue);
        let worker = Worker::start(move || send(queue.id(), &envelope(), true));
        until("your function to sleep in msgsnd, or to return", || {
            worker.has_ended() || worker.waits()
        });
        if worker.has_ended() {
            let sent = worker.result().expect("no panic in your function");
            assert!(
                sent.is_err(),
                "the queue is full, and you return Ok without waiting: msgsnd has not been called"
            );
            panic!(
                "the queue is full and `wait` is true, and you do not wait: the flag is for the \
                 other case"
            );
        }
        practice::receive(queue.id()).expect("a message of 8,192 bytes");
        until("your function to return, as there is room now", || {
            worker.has_ended()
        });
        let sent = worker.result().expect("no panic in your function");
        assert_eq!(sent, Ok(()), "there was room in the end");
        room.remove(queue.id());
    });
}
