//! What a caller gets, and when.

use std::time::{Duration, Instant};

use ch03_structure::MessageType;
use ch04_send::Sender;
use ch06_cleanup::{Status, set_capacity};
use ch11_request_reply::{Request, Responder, Served};
use nix::errno::Errno;
use support::{until, while_asleep};

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
        let caller = new_caller(room, queue);
        let (mut responder, mut requests) = (Responder::new(queue), Sender::new(queue));
        let mut serve = |number, len| {
            let (reply_queue, bytes) = (caller.reply_queue(), &b""[..]);
            let request = Request { reply_queue, number, deadline: u64::MAX, bytes };
            requests.send(ONE, &request.to_bytes()).expect("there is room");
            responder.serve_one(|_| vec![b'a'; len])
        };
        assert_eq!(serve(1, 8192 - 15), Ok(Served::Undelivered(Errno::EINVAL)));
        assert_eq!(serve(2, 8192 - 16), Ok(Served::Answered));
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
fn strange_messages_and_a_full_queue_do_not_hold_a_caller_one_after_the_other() {
    support::alone(|room| {
        let queue = new_queue(room);
        set_capacity(queue, 0).expect("the queue is ours");
        let mut caller = new_caller(room, queue);
        let replies = caller.reply_queue();
        // Until the caller's queue goes.
        let flood = move || while Sender::new(replies).send(ONE, b"").is_ok() {};
        let floods = [(); 3].map(|()| support::spawn(flood));
        until("the queue to be full", || Status::of(replies).is_ok_and(|s| s.messages > 16_000));
        let (timeout, begin) = (Duration::from_millis(500), Instant::now());
        assert_eq!(caller.call(b"hello", timeout), Err(Errno::EAGAIN));
        let took = begin.elapsed();
        assert!(timeout <= took && took < 2 * timeout, "{took:?} of {timeout:?}");
        drop(caller);
        floods.into_iter().for_each(|flood| flood.join().expect("no panic"));
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
