//! What a caller gets, and when.

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{Status, set_capacity};
use ch10_waiting::Alarm;
use ch11_request_reply::{Reply, Request, Responder, Served};
use nix::errno::Errno;
use support::while_asleep;

use crate::{LONG, SHORT, Server, in_threads, new_caller, new_queue};

const ONE: MessageType = MessageType::ONE;

#[test]
fn many_callers_get_their_own_replies() {
    support::alone(|room| {
        let server = Server::start(room);
        in_threads(32, |thread| {
            let mut caller = new_caller(room, server.queue);
            for call in 0..100 {
                let reply = caller.call(format!("from {thread}: {call}").as_bytes(), LONG);
                assert_eq!(reply, Ok(format!("FROM {thread}: {call}").as_bytes()));
            }
        });
        assert_eq!(server.stop(), [Served::Answered; 3200]);
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn call_without_server_fails_with_etimedout_and_not_early() {
    support::alone(|room| {
        let queue = new_queue(room);
        let begin = Instant::now();
        assert_eq!(new_caller(room, queue).call(b"hello", SHORT), Err(Errno::ETIMEDOUT));
        assert!(begin.elapsed() >= SHORT);
        assert_eq!(Status::of(queue).map(|status| status.messages), Ok(1), "it was sent");
        room.remove(queue.id());
    });
}

#[test]
fn call_to_full_queue_fails_with_eagain_and_sends_nothing() {
    support::alone(|room| {
        let queue = new_queue(room);
        set_capacity(queue, 0).expect("the queue is ours");
        assert_eq!(new_caller(room, queue).call(b"hello", SHORT), Err(Errno::EAGAIN));
        set_capacity(queue, 100).expect("the queue is ours");
        assert_eq!(Status::of(queue).map(|status| status.messages), Ok(0));
        room.remove(queue.id());
    });
}

#[test]
fn call_to_a_queue_that_is_gone_fails_with_einval() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut caller = new_caller(room, queue);
        room.remove(queue.id());
        assert_eq!(caller.call(b"hello", LONG), Err(Errno::EINVAL));
    });
}

#[test]
fn removal_of_the_reply_queue_ends_the_call_with_eidrm() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut caller = new_caller(room, queue);
        let replies = caller.reply_queue();
        let reply = while_asleep(
            || caller.call(b"hello", LONG).map(<[u8]>::to_vec),
            |_| room.remove(replies.id()),
        );
        assert_eq!(reply, Err(Errno::EIDRM));
        room.remove(queue.id());
    });
}

#[test]
fn request_may_be_as_long_as_msgmax_less_its_header() {
    support::alone(|room| {
        let server = Server::start(room);
        let mut caller = new_caller(room, server.queue);
        let longest = vec![b'a'; 8192 - 24];
        assert_eq!(caller.call(&longest, LONG), Ok(&*longest.to_ascii_uppercase()));
        assert_eq!(caller.call(b"", LONG), Ok(&b""[..]));
        assert_eq!(caller.call(&vec![b'a'; 8192 - 23], LONG), Err(Errno::EINVAL));
        server.stop();
    });
}

#[test]
fn reply_longer_than_msgmax_allows_is_not_delivered() {
    support::alone(|room| {
        let queue = new_queue(room);
        let server = support::spawn(move || {
            let mut responder = Responder::new(queue);
            [8192 - 15, 8192 - 16].map(|len| responder.serve_one(|_| vec![b'a'; len]))
        });
        let mut caller = new_caller(room, queue);
        assert_eq!(caller.call(b"", SHORT), Err(Errno::ETIMEDOUT));
        assert_eq!(caller.call(b"", LONG), Ok(&*vec![b'a'; 8192 - 16]));
        let served = server.join().expect("no panic");
        assert_eq!(served, [Ok(Served::Undelivered(Errno::EINVAL)), Ok(Served::Answered)]);
        room.remove(queue.id());
    });
}

#[test]
fn strange_messages_do_not_hold_a_caller_whose_time_is_up() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut caller = new_caller(room, queue);
        let mut strange = Sender::new(caller.reply_queue());
        (0..100).for_each(|_| strange.send(ONE, b"who are you?").expect("there is room"));
        assert_eq!(caller.call(b"hello", Duration::ZERO), Err(Errno::ETIMEDOUT));
        let left = Status::of(caller.reply_queue()).map(|status| status.messages);
        assert!(left.is_ok_and(|left| left >= 98), "it goes on as long as they come: {left:?}");
        room.remove(queue.id());
    });
}

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
        let (release, wait) = channel();
        let server = support::spawn(move || {
            let (mut responder, mut done) = (Responder::new(queue), 0);
            let mut serve = || {
                responder.serve_one(|bytes| {
                    done += 1;
                    wait.recv().expect("the test goes on");
                    bytes.to_vec()
                })
            };
            let served = [serve(), serve(), serve()];
            (served, done)
        });
        let mut caller = new_caller(room, queue);
        assert_eq!(caller.call(b"one", SHORT), Err(Errno::ETIMEDOUT));
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
        let alarm = Alarm::at(Instant::now() + SHORT).expect("an alarm can be made");
        assert_eq!(caller.call(b"hello", LONG), Err(Errno::EINTR));
        drop(alarm);
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

#[test]
fn caller_that_never_reads_loses_its_own_replies_only() {
    support::alone(|room| {
        let server = Server::start(room);
        let (lazy, mut other) = (new_caller(room, server.queue), new_caller(room, server.queue));
        set_capacity(lazy.reply_queue(), 40).expect("the queue is ours");
        let mut requests = Sender::new(server.queue);
        for number in 0..10 {
            let (reply_queue, bytes) = (lazy.reply_queue(), &b"hello"[..]);
            let request = Request { reply_queue, number, deadline: u64::MAX, bytes };
            requests.send(ONE, &request.to_bytes()).expect("the server takes them");
            assert_eq!(other.call(b"other", LONG), Ok(&b"OTHER"[..]));
        }
        drop(lazy);
        let served = server.stop();
        let of = |wanted| served.iter().filter(|served| **served == wanted).count();
        assert_eq!((of(Served::Answered), of(Served::Undelivered(Errno::EAGAIN))), (11, 9));
    });
}

/// Takes a request out; the queue that its reply goes to, and its number.
fn take_request(queue: Queue) -> (Queue, u64) {
    let mut receiver = Receiver::new(queue);
    let message = receiver.recv(Select::Any).expect("there is one");
    let request = Request::from_bytes(message.bytes()).expect("a caller has sent it");
    (request.reply_queue, request.number)
}
