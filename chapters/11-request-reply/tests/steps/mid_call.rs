//! One side that is killed while the other waits for it.

use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use ch01_key_setup::Key;
use ch02_create::Queue;
use ch06_cleanup::{Status, remove};
use ch11_request_reply::{Responder, Served, sweep};
use nix::errno::Errno;
use nix::sys::signal::Signal;
use support::{Running, asleep_in_msg_call, until};

use crate::killed::ask;
use crate::{LONG, OURS, new_caller};

fn serve(key: Key) -> Command {
    let mut command = Command::new(cargo_bin!("ch11"));
    command.args(["serve", &key.to_string()]);
    command
}

#[test]
fn caller_killed_in_mid_call_is_not_missed() {
    support::in_namespace(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        let (asked, question) = channel();
        let (release, wait) = channel::<()>();
        let server = support::spawn(move || {
            let mut responder = Responder::new(queue);
            let first = responder.serve_one(|bytes| {
                asked.send(()).expect("the test waits");
                wait.recv().expect("the test goes on");
                bytes.to_vec()
            });
            (first, responder.serve_one(<[u8]>::to_vec))
        });
        let caller = Running::start(ask(key));
        question.recv().expect("the server is asked");
        caller.signal(Signal::SIGKILL);
        caller.finish().killed_by(Signal::SIGKILL);
        assert_eq!(sweep().map(|swept| (swept.queues, swept.signs)), Ok((1, 1)));
        release.send(()).expect("the server waits");

        let mut other = new_caller(room, queue);
        assert_eq!(other.call(b"hello", LONG), Ok(&b"hello"[..]));
        let served = server.join().expect("no panic");
        assert_eq!(served, (Ok(Served::Undelivered(Errno::EINVAL)), Ok(Served::Answered)));
        room.remove(queue.id());
    });
}

#[test]
fn server_killed_in_mid_call_lets_its_caller_time_out_and_repeat() {
    support::alone(|room| {
        let key = Key::new(room.key()).expect("not 0");
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        let mut caller = new_caller(room, queue);
        let first = Running::start(serve(key));
        until("the server to wait", || asleep_in_msg_call(first.id()));
        let called = thread::scope(|scope| {
            let call = scope.spawn(|| {
                caller.call(b"3600000 hello", Duration::from_millis(300)).map(<[u8]>::to_vec)
            });
            until("the server to take the request", || {
                Status::of(queue).is_ok_and(|status| status.last_receiver.is_some())
            });
            first.signal(Signal::SIGKILL);
            call.join().expect("no panic")
        });
        assert_eq!(called, Err(Errno::ETIMEDOUT));
        drop(first);

        let second = Running::start(serve(key));
        assert_eq!(caller.call(b"hello", LONG), Ok(&b"HELLO (request 1)"[..]));
        remove(queue).expect("the queue is ours");
        second.finish().success().stdout_has("has been removed; 1 requests were done");
    });
}
