//! What a client does that has to wait for room.

use super::sent::{Ended, does_well, ended_of, send_all, start};
use super::*;
use practice::{Room, Worker, alone, count, fill, queue, until};

/// How often your client is interrupted: more than somebody who counts would count to.
const SIGNALS: usize = 20;

/// Your client with this line, at a queue that is full; and it waits.
#[track_caller]
fn waiting(room: &Room, line: &'static [u8]) -> (Queue, Worker<Ended>) {
    let queue = queue(room);
    fill(queue);
    let worker = start(line, queue);
    until("your client to sleep in msgsnd until there is room", || {
        assert!(
            !worker.is_sleeping(),
            "the queue is full, and your client sleeps for a while, by itself: `send` waits in the kernel, and no \
             longer than it takes"
        );
        worker.has_ended() || worker.waits()
    });
    if worker.has_ended() {
        let ended = ended_of(worker);
        room.remove(queue.id());
        match ended {
            Ok(Ok(_)) => panic!(
                "the queue is full, and your client says that all is well: the line is nowhere"
            ),
            Ok(Err(error)) => panic!(
                "the queue is full, and your client gives up ({error}): it must wait for room"
            ),
            Err(said) => panic!("the queue is full, and your client panics: {said}"),
        }
    }
    (queue, worker)
}

#[test]
fn signal_loses_no_line() {
    alone(|room| {
        is_not_lost(room, b"hello\n");
        // Another test tells a client that does not send exit at all.
        if !send_all(room, b"exit\n").messages.is_empty() {
            is_not_lost(room, b"exit\n");
        }
    });
}

/// Interrupts your client while it waits with this line.
#[track_caller]
fn is_not_lost(room: &Room, line: &'static [u8]) {
    let (queue, worker) = waiting(room, line);
    let mut interruptions = 0;
    while interruptions < SIGNALS {
        interruptions += 1;
        worker.interrupt();
        until("your client to wait again, or to end", || worker.has_ended() || worker.waits());
        if worker.has_ended() {
            break;
        }
    }
    if worker.has_ended() {
        let ended = ended_of(worker);
        room.remove(queue.id());
        match ended {
            Ok(Ok(_)) => panic!(
                "a signal arrived while your client waited for room (EINTR), and it takes the line for sent"
            ),
            Ok(Err(error)) if interruptions > 1 => panic!(
                "your client sends again after a signal, and not after signal number {interruptions} ({error}): how \
                 often may one come?"
            ),
            Ok(Err(error)) => panic!(
                "a signal arrived while your client waited for room for {:?} (EINTR), and it gives up ({error}): \
                 nothing has been sent, so send again",
                String::from_utf8_lossy(line)
            ),
            Err(said) => panic!(
                "a signal arrived while your client waited for room (EINTR), and it panics: {said}"
            ),
        }
    }
    practice::receive(queue.id()).expect("a message of 8,192 bytes");
    until("your client to end: there is room now", || {
        worker.has_ended() || count(room, queue.id()) > Some(3)
    });
    assert!(
        count(room, queue.id()).is_some(),
        "your client has removed the queue, with what it has sent in it: the queue is the server's"
    );
    practice::receive(queue.id()).expect("the other message of 8,192 bytes");
    let arrived = practice::receive(queue.id());
    // Another test tells how a message looks.
    assert!(
        arrived.is_some_and(|message| message.bytes.starts_with(&line[..4])),
        "there is room in the end, and the line has not arrived"
    );
    room.remove(queue.id());
}

#[test]
fn removal_while_waiting_is_an_error() {
    alone(|room| {
        let (queue, worker) = waiting(room, b"hello\n");
        room.remove(queue.id());
        until(
            "your client to end: the queue has been removed, and it tries again after every error",
            || worker.has_ended(),
        );
        match ended_of(worker) {
            Ok(Ok(_)) => panic!(
                "the server has gone while your client waited, and it says that all is well: nobody will ever read \
                 this line"
            ),
            Ok(Err(error)) => assert!(
                !does_well(room) || error.raw_os_error() == Some(libc::EIDRM),
                "the queue was removed while your client waited (EIDRM), and it returns another error: {error}"
            ),
            Err(said) => {
                panic!("the queue was removed while your client waited, and it panics: {said}")
            }
        }
    });
}
