use super::*;
use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch05_receive::{Receiver, Select};
use practice::{alone, check, failure, key, remove, send, until, while_asleep};
use std::cell::Cell;
use std::sync::mpsc;
use std::{fs, thread};

fn make(key: Key, mode: u32) -> Queue {
    Queue::create_new(key, Mode::from_bits_truncate(mode)).expect("a queue")
}

/// Does this in a thread that has moved into a new IPC namespace; `None` where that is not allowed.
fn moved<T: Send>(body: impl FnOnce() -> T + Send) -> Option<T> {
    thread::scope(|scope| {
        let thread = scope.spawn(|| {
            // SAFETY: unshare takes a number. It moves this thread, which nobody else relies on.
            let result = unsafe { libc::unshare(libc::CLONE_NEWIPC) };
            (result == 0).then(body)
        });
        thread.join().expect("no panic in there")
    })
}

#[test]
fn question_1_others() {
    alone(|room| {
        let key = key(room);
        let (has_moved, wait) = mpsc::channel();
        let (has_made, look) = mpsc::channel();
        let found = thread::scope(|scope| {
            let thread = scope.spawn(move || {
                moved(move || {
                    has_moved.send(()).expect("somebody waits");
                    look.recv().expect("somebody makes a queue");
                    Queue::open(key).is_ok()
                })
            });
            // Where it may not move, there is nothing to wait for.
            until("a thread to move into a namespace", || {
                thread.is_finished() || wait.try_recv().is_ok()
            });
            let queue = make(key, 0o600);
            let _ = has_made.send(());
            let found = thread.join().expect("no panic in there");
            room.remove(queue.id());
            found
        });
        let why = "A namespace belongs to a thread: one moves out, and the others stay where they are, although they \
                   are the same process. So each test can have its own.";
        // Where nobody may move, unshare(2) has the last word.
        check("question 1", OTHERS, found.unwrap_or(false), why);
    });
}

#[test]
fn question_2_children() {
    alone(|room| {
        let key = key(room);
        let found = moved(|| {
            let queue = make(key, 0o600);
            let found = thread::spawn(move || Queue::open(key).is_ok()).join();
            remove(queue.id());
            found.expect("no panic in there")
        });
        let why = "Whoever is started begins where its parent is, threads and programs alike. That is how a test \
                   takes the server and the client with it.";
        check("question 2", CHILDREN, found.unwrap_or(true), why);
    });
}

#[test]
fn question_3_first_id() {
    alone(|room| {
        let key = key(room);
        let id = moved(|| {
            let queue = make(key, 0o600);
            remove(queue.id());
            queue.id()
        });
        let why =
            "A new namespace has a table of its own, which is empty: the first place in it is 0.";
        check("question 3", FIRST_ID, id.unwrap_or(0), why);
    });
}

#[test]
fn question_4_letter() {
    alone(|room| {
        let queue = make(key(room), 0o600);
        let letter = Cell::new(None);
        let woken = while_asleep(
            || Receiver::new(queue).recv(Select::Any).err(),
            |thread| {
                let line = fs::read_to_string(format!("/proc/{thread}/task/{thread}/stat"));
                let line = line.expect("the thread is there");
                let after_name = line.rsplit_once(") ").map(|(_, rest)| rest);
                letter.set(after_name.and_then(|rest| rest.chars().next()));
                remove(queue.id());
            },
        );
        assert!(woken.is_some(), "no message has come, and msgrcv has returned");
        let why = "It sleeps, and a signal wakes it, or a message, or the removal of the queue. Nothing of its time \
                   is used. A test that looks for the S knows when to go on.";
        let truth = letter.get().expect("a state");
        check("question 4", LETTER, truth, why);
    });
}

#[test]
fn question_5_root() {
    alone(|room| {
        let queue = make(key(room), 0o000);
        // SAFETY: geteuid takes nothing and cannot fail.
        let is_root = unsafe { libc::geteuid() } == 0;
        let sent = send(queue.id(), 1, b"hello").is_ok();
        let received =
            Receiver::new(queue).try_recv(Select::Any).is_ok_and(|message| message.is_some());
        room.remove(queue.id());
        let why = "For root the mode does not count, here as with files. A test of permissions that runs as root \
                   proves nothing: it has to become somebody else first.";
        // An ordinary user cannot try it, and msgop(2) has the last word.
        check("question 5", ROOT, (sent && received) || !is_root, why);
    });
}

#[test]
fn question_6_failed() {
    alone(|room| {
        let key = key(room);
        let failed = failure(|| {
            let queue = make(key, 0o600);
            assert!(send(queue.id(), 0, b"type 0").is_ok(), "the test fails");
            remove(queue.id());
        });
        assert!(failed.is_some(), "a message of type 0 cannot be sent");
        let there = Queue::open(key).is_ok();
        room.queues().iter().for_each(|queue| room.remove(queue.msqid));
        let why = "A panic unwinds the stack, drops what is there, and runs no line after it; and the end of a \
                   process does not interest a queue. Give it a guard, or a harness that looks around at the end.";
        check("question 6", FAILED, there, why);
    });
}
