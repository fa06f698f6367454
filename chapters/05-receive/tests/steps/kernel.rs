//! What the kernel notes, and what it loses.

use ch05_receive::{Receiver, Select};
use nix::errno::Errno;
use support::while_asleep;

use crate::{new_queue, queue_with, raw, read, send};

fn process() -> i32 {
    i32::try_from(std::process::id()).expect("process ids are small")
}

#[test]
fn receiver_of_a_waiting_message_is_noted_by_its_process() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "waiting")]);
        Receiver::new(queue).recv(Select::Any).expect("there is a message");
        assert_eq!(room.queues()[0].lrpid, process());
        assert_ne!(support::this_thread(), process(), "a test's thread is not the first");
        room.remove(queue.id());
    });
}

#[test]
fn receiver_that_slept_is_noted_by_its_thread() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut thread = 0;
        let received = while_asleep(
            || Receiver::new(queue).recv(Select::Any).map(read),
            |sleeper| {
                thread = sleeper;
                send(queue, &[(1, "handed over")]);
                assert_eq!(room.queues()[0].qnum, 0, "it never was in the queue");
            },
        );
        assert!(received.is_ok());
        assert_eq!(room.queues()[0].lrpid, thread);
        assert_ne!(thread, process());
        room.remove(queue.id());
    });
}

#[test]
fn message_that_cannot_be_stored_is_lost() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "lost"), (1, "kept")]);
        assert_eq!(raw::receive_nowhere(queue), Err(Errno::EFAULT));
        assert_eq!(room.queues()[0].qnum, 1);
        let received = Receiver::new(queue).recv(Select::Any).map(read);
        assert_eq!(received, Ok((1, "kept".to_owned())));
        room.remove(queue.id());
    });
}

#[test]
fn more_room_than_msgmax_may_be_offered() {
    support::in_namespace(|room| {
        let queue = queue_with(room, &[(1, "four")]);
        room.set_limit("msgmax", 4);
        assert_eq!(raw::receive(queue, 64, 0, libc::IPC_NOWAIT), Ok((1, b"four".to_vec())));
        room.remove(queue.id());
    });
}
