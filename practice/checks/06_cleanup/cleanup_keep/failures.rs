//! Steps that fail: the greeting, and the removal.

use super::*;
use practice::{Call, Worker, errnos, failing, in_namespace, until};

#[test]
fn greeting_for_which_there_is_no_room_leaves_no_mailbox() {
    // A new queue's capacity is a limit of the whole machine.
    in_namespace(|room| {
        keep_keeps(room);
        room.set_limit("msgmnb", 100);
        let key = key(room);
        let worker = Worker::start(move || found(key, &[b'!'; 200]));
        until("your function to return, or to sleep", || worker.has_ended() || worker.waits());
        let sleeps = !worker.has_ended();
        if sleeps {
            clear(room);
        }
        let said = worker.returned("a greeting of 200 bytes and a capacity of 100");
        let left = room.queues().len();
        clear(room);
        assert!(
            !sleeps,
            "the greeting has 200 bytes, the new queue a capacity of 100, and your function sleeps in \
             msgsnd: there will never be room, and the mailbox stays without its greeting. Send in the \
             way that does not wait"
        );
        assert!(
            said == Err(Errno::EAGAIN) && left == 0,
            "there is no room for the greeting (EAGAIN): you return {said:?}, and {left} mailboxes are \
             there. You gave the responsibility up too early, or hide the error"
        );
    });
}

#[test]
fn failure_of_a_step_is_returned() {
    alone(|room| {
        keep_keeps(room);
        for errno in errnos::SEND {
            let key = key(room);
            let is_send = |call| matches!(call, Call::Send(..));
            let said = yours("an error of msgsnd", || {
                failing(is_send, 1, errno, || found(key, b"welcome"))
            });
            let left = room.queues().len();
            clear(room);
            assert!(
                said.is_none_or(|said| said == Err(errno)),
                "the greeting could not be sent ({errno:?}), and your found returns {said:?}: hand the \
                 error on as it is"
            );
            assert!(
                left == 0,
                "the greeting could not be sent ({errno:?}), and a mailbox has stayed: you gave the \
                 responsibility up too early"
            );
        }
        for errno in errnos::CONTROL {
            let queue = queue(room);
            let is_removal = |call| matches!(call, Call::Control(..));
            let said = yours("an error of msgctl", || {
                failing(is_removal, 1, errno, || Guard::new(queue).remove())
            });
            let removed = !is_there(room, queue.id());
            clear(room);
            assert!(
                said.is_none_or(|said| said == Err(errno)) || !removes(room),
                "the removal has failed ({errno:?}), and your remove returns {said:?}; the queue is \
                 {}: the call must be made here, and what it returns handed on",
                if removed { "gone all the same" } else { "still there" }
            );
        }
    });
}

/// Whether your remove removes; if it does not, another test says so.
fn removes(room: &Room) -> bool {
    let queue = queue(room);
    let said = Guard::new(queue).remove();
    let there = is_there(room, queue.id());
    clear(room);
    said.is_ok() && !there
}
