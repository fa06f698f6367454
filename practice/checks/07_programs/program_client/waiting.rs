//! What a client does that has to wait for room.

use super::sent::send_all;
use super::*;
use practice::{Room, Worker, alone, count, fill, queue, until};

/// Your client with this line, at a queue that is full; and it waits.
#[track_caller]
fn waiting(room: &Room, line: &'static [u8]) -> (Queue, Worker<io::Result<Report>>) {
    let queue = queue(room);
    fill(queue);
    let worker = Worker::start(move || talk(line, queue));
    until("your client to sleep in msgsnd until there is room", || {
        assert!(
            !worker.is_sleeping(),
            "the queue is full, and your client sleeps for a while, by itself: `send` waits in the kernel, and no \
             longer than it takes"
        );
        worker.has_ended() || worker.waits()
    });
    if worker.has_ended() {
        let ended = worker.result();
        room.remove(queue.id());
        match ended {
            Some(Ok(_)) => panic!(
                "the queue is full, and your client says that all is well: the line is nowhere"
            ),
            _ => panic!("the queue is full, and your client gives up: it is to wait for room"),
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
    for _ in 0..2 {
        worker.interrupt();
        until("your client to wait again, or to end", || {
            worker.has_ended() || worker.waits()
        });
        if worker.has_ended() {
            break;
        }
    }
    if worker.has_ended() {
        let ended = worker.result();
        room.remove(queue.id());
        match ended {
            Some(Ok(_)) => panic!(
                "a signal arrived while your client waited for room (EINTR), and it takes the line for sent"
            ),
            _ => panic!(
                "a signal arrived while your client waited for room (EINTR), and it gives up: nothing has been \
                     sent, so send again"
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
        assert!(
            worker.result().is_some_and(|result| result.is_err()),
            "the server has gone while your client waited, and it says that all is well: nobody will ever read \
             this line"
        );
    });
}
