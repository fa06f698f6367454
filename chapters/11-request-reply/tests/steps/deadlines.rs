//! Requests that nobody waits for any more.

use std::process::Command;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use ch01_key_setup::Key;
use ch02_create::Queue;
use ch05_receive::{Receiver, Select};
use ch11_request_reply::{Refusal, Request, Responder, Served};
use nix::errno::Errno;
use nix::time::{ClockId, clock_gettime};
use support::Running;

use crate::{LONG, OURS, SHORT, new_caller, new_queue};

#[test]
fn expired_request_is_not_done_by_a_restarted_server() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut caller = new_caller(room, queue);
        assert_eq!(caller.call(b"hello", SHORT), Err(Errno::ETIMEDOUT));
        let mut responder = Responder::new(queue);
        let served = responder.serve_one(|_| panic!("nobody waits for it"));
        assert_eq!(served, Ok(Served::Expired));

        let server = support::spawn(move || responder.serve_one(<[u8]>::to_vec));
        assert_eq!(caller.repeat(LONG), Ok(&b"hello"[..]), "with a new deadline");
        assert_eq!(server.join().expect("no panic"), Ok(Served::Answered));
        room.remove(queue.id());
    });
}

#[test]
fn deadline_that_no_clock_holds_never_comes() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut caller = new_caller(room, queue);
        let server = support::spawn(move || Responder::new(queue).serve_one(<[u8]>::to_vec));
        assert_eq!(caller.call(b"hello", Duration::MAX), Ok(&b"hello"[..]));
        assert_eq!(server.join().expect("no panic"), Ok(Served::Answered));
        room.remove(queue.id());
    });
}

#[test]
fn deadline_is_read_off_the_same_clock_in_every_process() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        let now = || {
            let time = clock_gettime(ClockId::CLOCK_MONOTONIC).expect("Linux has it");
            Duration::from(time).as_nanos() as u64
        };
        let before = now();
        let mut ask = Command::new(cargo_bin!("ch11"));
        ask.args(["ask", &key.to_string(), "hello", "--timeout", "100"]);
        let failed = Running::start(ask).finish();
        failed.code(1).stderr_has("no reply within 100 ms").stderr_has("(ETIMEDOUT)");

        let mut receiver = Receiver::new(queue);
        let message = receiver.recv(Select::Any).expect("it was sent");
        let request = Request::from_bytes(message.bytes()).expect("a caller has sent it");
        let timeout = 100_000_000;
        assert!((before + timeout..=now()).contains(&request.deadline));
        room.remove(queue.id());
    });
}

#[test]
fn clock_of_a_time_namespace_misleads_the_server() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        // Its clock is two hours ahead: what it believes to be soon is in two hours here.
        let mut ask = Command::new("unshare");
        ask.args(["--time", "--fork", "--monotonic", "7200"]).arg(cargo_bin!("ch11"));
        ask.args(["ask", &key.to_string(), "hello", "--timeout", "1"]);
        let asked = Running::start(ask).finish();
        if asked.stderr_text().contains("unshare") {
            eprintln!("skipped: no time namespace can be had: {}", asked.stderr_text());
        } else {
            let served = Responder::new(queue).serve_one(<[u8]>::to_vec);
            let gone = matches!(served, Ok(Served::Refused(Refusal::Gone(_))));
            assert!(gone, "its deadline has passed, and is not seen to have: {served:?}");
        }
        room.remove(queue.id());
    });
}
