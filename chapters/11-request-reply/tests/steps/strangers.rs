//! Server and caller of different users, and others who interfere.

use std::time::Duration;

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use ch05_receive::{Receiver, Select};
use ch06_cleanup::{Status, remove};
use ch11_request_reply::{Refusal, Request, Responder, Served, sweep, sweep_after};
use nix::errno::Errno;
use support::{Room, as_stranger, until};

use crate::signs::{dead_caller, leave_a_caller};
use crate::{LONG, NOBODY, OURS, new_caller, new_queue, raw};

const EVERYBODYS: Mode =
    OURS.union(Mode::S_IRGRP).union(Mode::S_IWGRP).union(Mode::S_IROTH).union(Mode::S_IWOTH);
const ONE: MessageType = MessageType::ONE;

fn everybodys_queue(room: &Room) -> Queue {
    let queue = Queue::private(EVERYBODYS).expect("a queue can be made");
    room.watch(queue.id());
    queue
}

/// What the server of this queue does with a request for a reply in that one.
fn served(server: Queue, reply_queue: Queue) -> nix::Result<Served> {
    let request = Request { reply_queue, number: 1, deadline: u64::MAX, bytes: b"hello" };
    Sender::new(server).try_send(ONE, &request.to_bytes())?;
    Responder::new(server).serve_one(<[u8]>::to_vec)
}

#[test]
fn stranger_may_not_touch_a_callers_queue() {
    support::alone(|room| {
        let caller = new_caller(room, Queue::from_id(0));
        let queue = caller.reply_queue();
        let touch = || {
            let read = Receiver::new(queue).try_recv(Select::Any).map(drop);
            (read, Sender::new(queue).try_send(ONE, b""), remove(queue))
        };
        if let Some(touched) = as_stranger(NOBODY, touch) {
            assert_eq!(touched, (Err(Errno::EACCES), Err(Errno::EACCES), Err(Errno::EPERM)));
        }
        drop(caller);
    });
}

#[test]
fn roots_server_answers_everybody() {
    support::alone(|room| {
        let server = everybodys_queue(room);
        let thread = support::spawn(move || Responder::new(server).serve_one(<[u8]>::to_vec));
        let call = || {
            let mut caller = new_caller(room, server);
            caller.call(b"hello", LONG).map(<[u8]>::to_vec)
        };
        let called = as_stranger(NOBODY, call);
        if let Some(called) = called {
            assert_eq!(called, Ok(b"hello".to_vec()));
        }
        remove(server).expect("it is ours");
        thread.join().expect("no panic").ok();
    });
}

#[test]
fn roots_server_writes_into_no_queue_that_is_not_a_callers() {
    support::alone(|room| {
        let server = new_queue(room);
        let key = Key::new(room.key()).expect("not 0");
        let make = || Queue::create_new(key, OURS).expect("the key is unused");
        let Some(victim) = as_stranger(NOBODY, make) else {
            return room.remove(server.id());
        };
        let refused = Ok(Served::Refused(Refusal::NoSign(victim)));
        assert_eq!(served(server, victim), refused);

        // A sign that is right in everything, but for who has made it.
        let fake = || raw::set(key.raw(), 3, 0o711, &[1, 0x7265, 0x6c79]);
        let fake = as_stranger(1, fake).expect("as before");
        assert_eq!(served(server, victim), refused);
        assert_eq!(Status::of(victim).map(|status| status.messages), Ok(0));
        raw::remove_set(fake);

        let own = || raw::set(key.raw(), 3, 0o711, &[1, 0x7265, 0x6c79]);
        let own = as_stranger(NOBODY, own).expect("as before");
        assert_eq!(served(server, victim), Ok(Served::Answered), "its owner's sign is good");
        raw::remove_set(own);
        room.remove(victim.id());
        room.remove(server.id());
    });
}

/// Which takes millions of queues, unless the kernel is told the next ID.
#[test]
fn reply_does_not_go_to_a_queue_that_got_the_callers_id_during_the_work() {
    support::in_namespace(|room| {
        let server = new_queue(room);
        let key = Key::new(room.key()).expect("not 0");
        let make = || {
            let sign = raw::set(key.raw(), 3, 0o711, &[1, 0x7265, 0x6c79]);
            (sign, Queue::create_new(key, OURS).expect("the key is unused"))
        };
        let Some((sign, reply_queue)) = as_stranger(NOBODY, make) else {
            return room.remove(server.id());
        };
        let request = Request { reply_queue, number: 1, deadline: u64::MAX, bytes: b"hello" };
        Sender::new(server).try_send(ONE, &request.to_bytes()).expect("there is room");
        let served = Responder::new(server).serve_one(|bytes| {
            room.remove(reply_queue.id());
            room.set_limit("msg_next_id", reply_queue.id() as u64);
            assert_eq!(new_queue(room), reply_queue, "ours now");
            bytes.to_vec()
        });
        assert_eq!(Status::of(reply_queue).map(|status| status.messages), Ok(0));
        assert_eq!(served, Ok(Served::Undelivered(Errno::EINVAL)));
        raw::remove_set(sign);
        room.remove(reply_queue.id());
        room.remove(server.id());
    });
}

#[test]
fn ordinary_server_refuses_the_queue_of_another_user() {
    support::alone(|room| {
        let caller = new_caller(room, Queue::from_id(0));
        let serve = || {
            let server = new_queue(room);
            let served = served(server, caller.reply_queue());
            remove(server).expect("it is ours");
            served
        };
        if let Some(served) = as_stranger(NOBODY, serve) {
            let refusal = Refusal::Unreadable(caller.reply_queue(), Errno::EACCES);
            assert_eq!(served, Ok(Served::Refused(refusal)));
        }
        drop(caller);
    });
}

#[test]
fn sweep_leaves_what_other_users_have_left() {
    support::in_namespace(|_| {
        dead_caller();
        let sweeps = || sweep_after(Duration::ZERO).map(|s| (s.queues, s.signs, s.foreign));
        if let Some(swept) = as_stranger(NOBODY, sweeps) {
            assert_eq!(swept, Ok((0, 0, 1)));
            let (key, _queue) = as_stranger(NOBODY, leave_a_caller).expect("as before");
            until("the sign to go down", || raw::value(key, 0) != Some(1));
            assert_eq!(sweeps(), Ok((2, 2, 0)), "root's sweep is for everybody");
        } else {
            assert_eq!(sweeps(), Ok((1, 1, 0)));
        }
    });
}

#[test]
fn queue_of_another_user_with_a_dead_callers_key_stays() {
    support::in_namespace(|room| {
        let dead = dead_caller();
        let key = Status::of(dead).expect("it is there").key.expect("it has one");
        room.remove(dead.id());
        let make = || Queue::create_new(key, OURS).expect("the key is unused");
        let Some(others) = as_stranger(NOBODY, make) else {
            assert_eq!(sweep().map(|swept| (swept.queues, swept.signs)), Ok((0, 1)));
            return;
        };
        assert_eq!(sweep().map(|swept| (swept.queues, swept.signs)), Ok((0, 1)));
        assert!(Status::of(others).is_ok());
        room.remove(others.id());
    });
}
