use super::*;
use nix::errno::Errno;
use practice::{Worker, alone, queue, send, until};

fn three() -> MessageType {
    MessageType::new(3).expect("3 is a type")
}

#[test]
fn oldest_of_the_type_is_taken() {
    alone(|room| {
        let id = queue(room).id();
        let queued = [(2, "two"), (1, "one"), (3, "three"), (3, "again")];
        for (message_type, text) in queued {
            send(id, message_type, text.as_bytes()).expect("room for it");
        }
        let mut envelope = Envelope::with_capacity(100);
        let taken = take(id, three(), &mut envelope);
        assert!(
            taken != Err(Errno::E2BIG),
            "the envelope has room for 100 bytes, and the kernel was told of less (E2BIG): the size is \
             the room that there is, not the length of what was in it before"
        );
        assert!(
            taken != Ok(false),
            "a message of type 3 is there, and you say that there is none: is msgrcv called?"
        );
        assert_eq!(taken, Ok(true), "a message of type 3 is there");
        let arrived = envelope.message_type().raw();
        assert!(
            arrived != 2,
            "type 3 was wanted, and you took the oldest of all: 0 means any"
        );
        assert!(
            arrived != 1,
            "type 3 was wanted, and you took the lowest: that is what a negative number means"
        );
        assert!(
            !envelope.is_empty(),
            "the message has been taken, and the envelope is empty: it does not know what the kernel \
             has written into it"
        );
        let text = String::from_utf8_lossy(envelope.bytes());
        assert_eq!(
            (arrived, &*text),
            (3, "three"),
            "the older of two messages of type 3 is \"three\""
        );
        room.remove(id);
    });
}

#[test]
fn empty_queue_is_not_an_error() {
    alone(|room| {
        let id = queue(room).id();
        let worker = Worker::start(move || take(id, three(), &mut Envelope::new()));
        until(
            "your function to return: the queue is empty, and it waits for a message; which flag \
             forbids that?",
            || worker.has_ended(),
        );
        let taken = worker.result().expect("no panic in your function");
        assert!(
            taken != Err(Errno::ENOMSG),
            "the queue is empty, and you call it an error (ENOMSG): it is the usual answer to who does \
             not wait"
        );
        assert_eq!(taken, Ok(false), "the queue is empty");
        room.remove(id);
    });
}

#[test]
fn long_message_stays() {
    alone(|room| {
        let id = queue(room).id();
        let mut envelope = Envelope::with_capacity(16);
        send(id, 3, &[b'x'; 40]).expect("room for it");
        let taken = take(id, three(), &mut envelope);
        let left = room.queues().first().map_or(0, |entry| entry.qnum);
        assert!(
            left != 0,
            "a message of 40 bytes was cut to the {} that you have room for, and the rest is lost: \
             that is MSG_NOERROR",
            envelope.len()
        );
        assert!(
            taken != Ok(false),
            "a message is there, too long for the envelope, and you say that there is none: to you \
             every error means \"empty\""
        );
        assert_eq!(
            taken,
            Err(Errno::E2BIG),
            "the message is longer than the envelope"
        );
        room.remove(id);
    });
}
