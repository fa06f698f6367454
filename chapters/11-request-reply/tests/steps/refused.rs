//! Requests that are not done, and do not stop the server.

use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch06_cleanup::{OwnedQueue, Status};
use ch11_request_reply::{Malformed, Refusal, Request, Responder, Served};
use nix::errno::Errno;
use support::Room;

use crate::signs::dead_caller;
use crate::{LONG, OURS, Server, new_caller, new_queue};

const ONE: MessageType = MessageType::ONE;

/// A request for a reply in this queue.
fn request(reply_queue: Queue) -> Vec<u8> {
    Request { reply_queue, number: 1, deadline: u64::MAX, bytes: b"hello" }.to_bytes()
}

/// What a server does with this message.
fn served(room: &Room, message: &[u8]) -> Served {
    let queue = OwnedQueue::new(new_queue(room));
    Sender::new(queue.queue()).send(ONE, message).expect("there is room");
    let served = Responder::new(queue.queue()).serve_one(|_| panic!("it is not done"));
    served.expect("a bad request does not stop the server")
}

#[test]
fn message_that_is_not_a_request_is_refused() {
    support::alone(|room| {
        let queue = new_queue(room);
        let whole = request(queue);
        for len in 0..24 {
            let refused = Served::Refused(Refusal::Malformed(Malformed::Short));
            assert_eq!(served(room, &whole[..len]), refused, "{len} bytes");
        }
        for index in 0..4 {
            let mut other = whole.clone();
            other[index] ^= 1;
            let refused = Served::Refused(Refusal::Malformed(Malformed::Magic));
            assert_eq!(served(room, &other), refused);
        }
        room.remove(queue.id());
    });
}

#[test]
fn request_for_a_reply_in_the_servers_own_queue_is_refused() {
    support::alone(|room| {
        let queue = new_queue(room);
        Sender::new(queue).send(ONE, &request(queue)).expect("there is room");
        let served = Responder::new(queue).serve_one(|_| panic!("it is not done"));
        assert_eq!(served, Ok(Served::Refused(Refusal::OwnQueue)));
        assert_eq!(Status::of(queue).map(|status| status.messages), Ok(0));
        room.remove(queue.id());
    });
}

#[test]
fn request_for_a_reply_in_a_queue_that_is_gone_is_refused() {
    support::alone(|room| {
        let gone = new_queue(room);
        room.remove(gone.id());
        for queue in [gone, Queue::from_id(-1), Queue::from_id(i32::MIN)] {
            let refused = Served::Refused(Refusal::Gone(queue));
            assert_eq!(served(room, &request(queue)), refused);
        }
    });
}

#[test]
fn request_for_a_reply_in_a_queue_without_a_sign_is_refused() {
    support::alone(|room| {
        let private = new_queue(room);
        let key = ch01_key_setup::Key::new(room.key()).expect("not 0");
        let named = Queue::create_new(key, OURS).expect("the key is unused");
        for queue in [private, named] {
            let refused = Served::Refused(Refusal::NoSign(queue));
            assert_eq!(served(room, &request(queue)), refused);
            assert_eq!(Status::of(queue).map(|status| status.messages), Ok(0));
            room.remove(queue.id());
        }
    });
}

#[test]
fn request_of_a_dead_caller_is_refused() {
    support::in_namespace(|room| {
        let dead = dead_caller();
        let refused = Served::Refused(Refusal::NoSign(dead));
        assert_eq!(served(room, &request(dead)), refused);
        room.remove(dead.id());
    });
}

#[test]
fn bad_requests_do_not_disturb_good_ones() {
    support::alone(|room| {
        let server = Server::start(room);
        let mut caller = new_caller(room, server.queue);
        let mut sender = Sender::new(server.queue);
        let bad = [&b""[..], b"ASK1", &[0xff; 24], &[0; 8192], &request(server.queue)];
        for message in bad {
            sender.send(ONE, message).expect("the server takes them");
            assert_eq!(caller.call(b"hello", LONG), Ok(&b"HELLO"[..]));
        }
        let served = server.stop();
        let refused = served.iter().filter(|served| matches!(served, Served::Refused(_)));
        assert_eq!(refused.count(), bad.len());
    });
}

#[test]
fn refusal_names_queue_and_errno() {
    let queue = Queue::from_id(7);
    assert!(Refusal::Gone(queue).to_string().contains("queue 7, which is gone"));
    let unreadable = Refusal::Unreadable(queue, Errno::EACCES).to_string();
    assert!(unreadable.contains("queue 7") && unreadable.contains("EACCES"));
}

#[test]
fn request_has_the_bytes_that_a_c_struct_has() {
    let request = Request {
        reply_queue: Queue::from_id(0x0102_0304),
        number: 0x1112_1314_1516_1718,
        deadline: 0x2122_2324_2526_2728,
        bytes: b"hello",
    };
    let mut bytes = b"ASK1".to_vec();
    bytes.extend(0x0102_0304_u32.to_ne_bytes());
    bytes.extend(0x1112_1314_1516_1718_u64.to_ne_bytes());
    bytes.extend(0x2122_2324_2526_2728_u64.to_ne_bytes());
    bytes.extend(b"hello");
    assert_eq!(request.to_bytes(), bytes);
    assert_eq!(Request::from_bytes(&bytes), Ok(request));
}
