//! Late replies, and requests that are sent again.

use std::sync::mpsc::channel;

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::Status;
use ch10_waiting::alarm_signal;
use ch11_request_reply::{Reply, Request, Responder, Served};
use nix::errno::Errno;
use support::while_asleep;

use crate::{LONG, SHORT, new_caller, new_queue};

const ONE: MessageType = MessageType::ONE;

#[test]
fn late_and_strange_messages_are_dropped() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut caller = new_caller(room, queue);
        assert_eq!(caller.call(b"first", SHORT), Err(Errno::ETIMEDOUT));

        let number = take_request(queue).1;
        let mut late = Sender::new(caller.reply_queue());
        let first = Reply { number, bytes: b"FIRST" }.to_bytes();
        for bytes in [&first[..], b"", b"ANS1", b"something else, long enough", &first] {
            late.send(ONE, bytes).expect("there is room");
        }
        let reply = while_asleep(
            || caller.call(b"second", LONG).map(<[u8]>::to_vec),
            |_| {
                let (replies, number) = take_request(queue);
                let mut sender = Sender::new(replies);
                sender.send(ONE, &first).expect("there is room");
                let second = Reply { number, bytes: b"SECOND" };
                sender.send(ONE, &second.to_bytes()).expect("there is room");
            },
        );
        assert_eq!(reply, Ok(b"SECOND".to_vec()));
        room.remove(queue.id());
    });
}

#[test]
fn repeated_request_is_answered_again_and_done_once() {
    support::alone(|room| {
        let queue = new_queue(room);
        let (asked, question) = channel();
        let (release, wait) = channel();
        let server = support::spawn(move || {
            let (mut responder, mut done) = (Responder::new(queue), 0);
            let served = [(); 3].map(|()| {
                responder.serve_one(|bytes| {
                    done += 1;
                    asked.send(()).expect("the test goes on");
                    wait.recv().expect("the test goes on");
                    bytes.to_vec()
                })
            });
            (served, done)
        });
        let mut caller = new_caller(room, queue);
        let called = while_asleep(
            || caller.call(b"one", LONG).map(drop),
            |thread| {
                question.recv().expect("the server is asked");
                interrupt(thread);
            },
        );
        assert_eq!(called, Err(Errno::EINTR));
        release.send(()).expect("the server waits");
        let mut replies = Receiver::new(caller.reply_queue());
        assert!(replies.recv(Select::Any).is_ok(), "the reply is lost");

        assert_eq!(caller.repeat(LONG), Ok(&b"one"[..]));
        release.send(()).expect("the server waits");
        assert_eq!(caller.call(b"two", LONG), Ok(&b"two"[..]));
        let (served, done) = server.join().expect("no panic");
        assert_eq!(served, [Ok(Served::Answered), Ok(Served::Repeated), Ok(Served::Answered)]);
        assert_eq!(done, 2);
        room.remove(queue.id());
    });
}

/// Sends a thread that waits with a timeout the signal for that, as if it came from somebody else.
fn interrupt(thread: i32) {
    // SAFETY: the call takes numbers. The signal has a handler, which does nothing.
    let done =
        unsafe { libc::syscall(libc::SYS_tgkill, std::process::id(), thread, alarm_signal()) };
    assert_eq!(done, 0);
}

#[test]
fn repetition_takes_the_reply_that_has_come_meanwhile() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut caller = new_caller(room, queue);
        assert_eq!(caller.call(b"one", SHORT), Err(Errno::ETIMEDOUT));
        let (replies, number) = take_request(queue);
        let reply = Reply { number, bytes: b"ONE" };
        Sender::new(replies).send(ONE, &reply.to_bytes()).expect("there is room");
        assert_eq!(caller.repeat(LONG), Ok(&b"ONE"[..]));
        assert_eq!(Status::of(queue).map(|status| status.messages), Ok(0), "nothing was sent");
        room.remove(queue.id());
    });
}

#[test]
fn interrupted_call_can_be_repeated() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut caller = new_caller(room, queue);
        let called = while_asleep(|| caller.call(b"hello", LONG).map(drop), interrupt);
        assert_eq!(called, Err(Errno::EINTR));
        let reply = while_asleep(
            || caller.repeat(LONG).map(<[u8]>::to_vec),
            |_| {
                let mut responder = Responder::new(queue);
                let served = [(); 2].map(|()| responder.serve_one(<[u8]>::to_vec));
                assert_eq!(served, [Ok(Served::Answered), Ok(Served::Repeated)]);
            },
        );
        assert_eq!(reply, Ok(b"hello".to_vec()));
        room.remove(queue.id());
    });
}

/// Takes a request out; the queue that its reply goes to, and its number.
fn take_request(queue: Queue) -> (Queue, u64) {
    let mut receiver = Receiver::new(queue);
    let message = receiver.recv(Select::Any).expect("there is one");
    let request = Request::from_bytes(message.bytes()).expect("a caller has sent it");
    (request.reply_queue, request.number)
}
