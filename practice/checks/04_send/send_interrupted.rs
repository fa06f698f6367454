use super::*;
use ch02_create::Queue;
use nix::errno::Errno;
use practice::{Call, Moment, Worker, alone, between_calls, edges, fill, queue, until, yours};

#[path = "send_interrupted/errors.rs"]
mod errors;
use errors::calls_again;

/// Your function, which waits for room in a full queue.
#[track_caller]
fn waiting(queue: Queue) -> Worker<nix::Result<()>> {
    fill(queue);
    let worker = Worker::start(move || send_whatever_comes(&mut Sender::new(queue), b"hello\0"));
    until(
        "your function to sleep in msgsnd until there is room: does it try and sleep by itself \
         instead?",
        || worker.has_ended() || worker.waits(),
    );
    assert!(
        !worker.has_ended(),
        "the queue is full, and your function returns at once: it must wait"
    );
    worker
}

#[track_caller]
fn arrives(queue: Queue, bytes: &[u8], what: &str) {
    let Some(message) = practice::receive(queue.id()) else {
        panic!("{what}: you return Ok, and the message is not in the queue");
    };
    assert!(
        message.message_type == 1,
        "{what}: the message must have the type 1, and yours has {}",
        message.message_type
    );
    assert!(
        message.bytes == bytes,
        "{what}: you sent other bytes than you were given, {} in place of {}",
        message.bytes.len(),
        bytes.len()
    );
    assert!(
        practice::receive(queue.id()).is_none(),
        "{what}: the message arrives twice, and it must arrive once"
    );
}

#[test]
fn signal_does_not_lose_the_message() {
    alone(|room| {
        let queue = queue(room);
        let worker = waiting(queue);
        let mut signals = 0;
        while signals < 25 && !worker.has_ended() {
            signals += 1;
            worker.interrupt();
            until("your function to sleep in msgsnd again, or to return", || {
                worker.has_ended() || worker.waits()
            });
        }
        if worker.has_ended() {
            let sent = worker.returned("a signal");
            assert!(
                signals < 2,
                "you call again after the first signal, and not after number {signals}: how often may \
                 one come?"
            );
            assert!(
                sent.is_err(),
                "a signal came (EINTR), and you return Ok: nothing has been sent, and nobody will know"
            );
            panic!("a signal came, and you give up ({sent:?}): nothing has been sent, call again");
        }
        practice::receive(queue.id()).expect("a message of 8,192 bytes");
        until("your function to return, as there is room now", || worker.has_ended());
        let sent = worker.returned("a signal");
        assert!(sent.is_ok(), "there was room in the end, and you return {sent:?}");
        practice::receive(queue.id()).expect("the other message of 8,192 bytes");
        arrives(queue, b"hello\0", "a message that waited");
        room.remove(queue.id());
    });
}

#[test]
fn many_signals_are_not_too_many() {
    alone(|room| {
        let queue = queue(room);
        let mut signals = 0;
        let hook = move |moment| match moment {
            Moment::Before(Call::Send(..)) if signals < 1000 => {
                signals += 1;
                Some(Errno::EINTR)
            }
            _ => None,
        };
        let sent = yours("many signals", || {
            between_calls(hook, || send_whatever_comes(&mut Sender::new(queue), b"hello\0"))
        });
        let arrived = practice::receive(queue.id()).is_some();
        // The other test has words for a function that calls once only.
        assert!(
            arrived || !calls_again(queue),
            "a thousand signals came, and you return {sent:?} with nothing sent: how often may a signal \
             come?"
        );
        practice::clear(room);
    });
}

#[test]
fn removal_ends_the_wait() {
    alone(|room| {
        let queue = queue(room);
        let worker = waiting(queue);
        room.remove(queue.id());
        until(
            "your function to return, as the queue has been removed: does it call again after every \
             error?",
            || worker.has_ended(),
        );
        let sent = worker.returned("the removal of the queue");
        assert!(
            sent.is_err(),
            "the queue was removed while your function waited (EIDRM), and you return Ok: nobody \
             will ever receive this message"
        );
        assert!(
            sent == Err(Errno::EIDRM),
            "the queue was removed while your function waited (EIDRM), and you return {sent:?}: hand \
             the reason on as it is"
        );
    });
}

#[test]
fn message_arrives_as_it_is() {
    alone(|room| {
        let queue = queue(room);
        for (what, bytes) in edges::bytes() {
            let what = format!("a message with {what}");
            let sent = yours(&what, || send_whatever_comes(&mut Sender::new(queue), &bytes));
            assert!(sent.is_ok(), "{what}: there was room, and you return {sent:?}");
            arrives(queue, &bytes, &what);
        }
        room.remove(queue.id());
    });
}
