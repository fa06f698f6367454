use super::*;
use ch02_create::Queue;
use nix::errno::Errno;
use practice::{Worker, alone, fill, queue, until};

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
        "the queue is full, and your function returns at once: it is to wait"
    );
    worker
}

#[test]
fn signal_does_not_lose_the_message() {
    alone(|room| {
        let queue = queue(room);
        let worker = waiting(queue);
        let mut signals = 0;
        while signals < 2 && !worker.has_ended() {
            signals += 1;
            worker.interrupt();
            until(
                "your function to sleep in msgsnd again, or to return",
                || worker.has_ended() || worker.waits(),
            );
        }
        if worker.has_ended() {
            let sent = worker.result().expect("no panic in your function");
            assert!(
                signals < 2,
                "you call again after the first signal, and not after the second: how often may one come?"
            );
            assert!(
                sent.is_err(),
                "a signal came (EINTR), and you return Ok: nothing has been sent, and nobody will know"
            );
            panic!("a signal came, and you give up ({sent:?}): nothing has been sent, call again");
        }
        practice::receive(queue.id()).expect("a message of 8,192 bytes");
        until("your function to return, as there is room now", || {
            worker.has_ended()
        });
        let sent = worker.result().expect("no panic in your function");
        assert_eq!(sent, Ok(()), "there was room in the end");
        practice::receive(queue.id()).expect("the other message of 8,192 bytes");
        let arrived = practice::receive(queue.id()).map(|message| message.bytes);
        assert_eq!(
            arrived.as_deref(),
            Some(&b"hello\0"[..]),
            "the message that waited is to arrive"
        );
        assert_eq!(practice::receive(queue.id()), None, "it arrives once");
        room.remove(queue.id());
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
        let sent = worker.result().expect("no panic in your function");
        assert!(
            sent.is_err(),
            "the queue was removed while your function waited (EIDRM), and you return Ok: the \
             message is nowhere"
        );
        assert_eq!(
            sent,
            Err(Errno::EIDRM),
            "the queue was removed while your function waited: hand the reason on as it is"
        );
    });
}
