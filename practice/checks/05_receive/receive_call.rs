use super::*;
use nix::errno::Errno;
use practice::{Call, Worker, alone, count, edges, errnos, failing, queue, send, until, yours};
use std::ffi::c_long;

#[path = "receive_call/ask.rs"]
mod ask;
use ask::{ask, of, stays};

#[test]
fn oldest_of_the_type_is_taken() {
    alone(|room| {
        let (_empty, id) = (queue(room).id(), queue(room).id());
        let queued = [(2, "two"), (1, "one"), (3, "three"), (3, "again"), (7, "seven")];
        for (message_type, text) in queued {
            send(id, message_type, text.as_bytes()).expect("room for it");
        }
        let mut envelope = Envelope::with_capacity(100);
        let taken = ask(id, 3, &mut envelope, "a queue with five messages");
        assert!(
            taken != Err(Errno::E2BIG),
            "the envelope has room for 100 bytes, and the kernel was told of less (E2BIG): the size is \
             the room that there is, not the length of what was in it before"
        );
        assert!(
            taken != Ok(false),
            "a message of type 3 is there, and you say that there is none: is msgrcv called, with this \
             queue and this type?"
        );
        assert!(taken.is_ok(), "a message of type 3 is there, and you return {taken:?}");
        let arrived = envelope.message_type().raw();
        assert!(arrived != 2, "type 3 was wanted, and you took the oldest of all: 0 means any");
        assert!(
            arrived != 1,
            "type 3 was wanted, and you took the lowest: that is what a negative number means"
        );
        assert!(
            !envelope.is_empty(),
            "the message has been taken, and the envelope is empty: it does not know what the kernel \
             has written into it"
        );
        let text = String::from_utf8_lossy(envelope.bytes()).into_owned();
        assert!(
            (arrived, &*text) == (3, "three"),
            "the older of two messages of type 3 is \"three\", and the envelope holds {text:?} of type \
             {arrived}"
        );
        let left = count(room, id);
        assert!(
            left == Some(4),
            "one message was to be taken and four left, and {left:?} are there"
        );
        // Another type, and a shorter message after a longer one.
        let taken = ask(id, 7, &mut envelope, "a message of type 7");
        let text = String::from_utf8_lossy(envelope.bytes()).into_owned();
        assert!(
            taken == Ok(true) && text == "seven" && envelope.message_type().raw() == 7,
            "a message of type 7 with the text \"seven\" is there, and you return {taken:?} with {text:?} \
             of type {}",
            envelope.message_type().raw()
        );
        practice::clear(room);
    });
}

#[test]
fn message_that_fits_arrives_and_a_longer_one_stays() {
    alone(|room| {
        let id = queue(room).id();
        for (capacity, wanted) in [(16, 3), (0, 1), (8192, c_long::MAX)] {
            let lengths = edges::lengths(capacity).into_iter();
            for length in lengths.filter(|length| *length <= 8192) {
                let what = format!("a message of {length} bytes and an envelope for {capacity}");
                let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
                send(id, wanted, &bytes).expect("room for it");
                let mut envelope = Envelope::with_capacity(capacity);
                let taken = ask(id, wanted, &mut envelope, &what);
                if length > capacity {
                    stays(taken, count(room, id) == Some(1), envelope.len(), &what);
                    practice::receive(id);
                    continue;
                }
                assert!(
                    taken != Err(Errno::E2BIG),
                    "{what}: it fits, and the kernel was told of less room (E2BIG). The room is the \
                     envelope's capacity, not the length of what was in it before, and the type takes \
                     none of it"
                );
                assert!(taken != Ok(false), "{what}: it is there, and you say that there is none");
                assert!(
                    length == 0 || !envelope.is_empty(),
                    "{what}: it has been taken, and the envelope is empty: who gives it the length \
                     of what the kernel has written?"
                );
                assert!(
                    taken.is_ok() && envelope.bytes() == bytes,
                    "{what}: you return {taken:?}, and the envelope holds {} bytes, not those that were \
                     sent; the length is the one that msgrcv returns",
                    envelope.len()
                );
            }
        }
        room.remove(id);
    });
}

#[test]
fn empty_queue_is_not_an_error() {
    alone(|room| {
        let id = queue(room).id();
        send(id, 4, b"of another type").expect("room for it");
        let worker = Worker::start(move || take(id, of(3), &mut Envelope::with_capacity(100)));
        until(
            "your function to return: no message of type 3 is there, and it waits for one; which flag \
             forbids that?",
            || worker.has_ended(),
        );
        let taken = worker.returned("a queue without such a message");
        assert!(
            taken != Err(Errno::ENOMSG),
            "no message of type 3 is there, and you call it an error (ENOMSG): it is the usual answer to \
             whoever does not wait"
        );
        let left = count(room, id);
        assert!(
            left == Some(1),
            "no message of type 3 is there, and you took the one of type 4: 0 means any, and a negative \
             number the lowest"
        );
        assert!(taken == Ok(false), "no message of type 3 is there, and you return {taken:?}");
        room.remove(id);
    });
}

#[test]
fn other_errors_are_returned() {
    alone(|room| {
        let id = queue(room).id();
        for errno in errnos::but(&errnos::RECEIVE, &[Errno::ENOMSG]) {
            let is_receive = |call| matches!(call, Call::Receive(..));
            let mut envelope = Envelope::with_capacity(100);
            let taken = yours("an error of msgrcv", || {
                failing(is_receive, 1, errno, || take(id, of(3), &mut envelope))
            });
            // None if msgrcv is not called, and other tests say that.
            assert!(
                taken != Some(Ok(false)),
                "msgrcv has failed with {errno:?}, and you say that there is no message: whoever asks \
                 again will ask forever. Only ENOMSG means that there is none"
            );
            assert!(
                taken.is_none_or(|taken| taken == Err(errno)),
                "msgrcv has failed with {errno:?}, and you return {taken:?}: each error is returned as it \
                 is"
            );
        }
        practice::clear(room);
    });
}
