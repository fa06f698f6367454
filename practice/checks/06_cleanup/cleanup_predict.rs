use super::*;
use ch02_create::{Mode, Queue};
use practice::{
    alone, check, clear, in_a_child, is_there, queue, receive, remove, send, set_capacity,
    while_asleep,
};
use std::ptr;

#[test]
fn question_1_asleep() {
    alone(|room| {
        let queue = queue(room);
        let woken = while_asleep(
            || ch05_receive::Receiver::new(queue).recv(ch05_receive::Select::Any).err(),
            |_| remove(queue.id()),
        );
        let truth = woken.expect("no message has come");
        let why = "Whoever is asleep on a queue when it goes wakes at once, with EIDRM: \"identifier removed\".";
        check("question 1", ASLEEP, truth, why);
    });
}

#[test]
fn question_2_later() {
    alone(|room| {
        let queue = queue(room);
        remove(queue.id());
        let truth = send(queue.id(), 1, b"hello").expect_err("the queue is gone");
        let why = "For whoever comes later the id is a number without a meaning, an invalid argument: EINVAL.";
        check("question 2", LATER, truth, why);
    });
}

#[test]
fn question_3_stranger() {
    alone(|room| {
        let queue = Queue::private(Mode::from_bits_truncate(0o666)).expect("a queue");
        room.watch(queue.id());
        let refused = support::as_stranger(65_534, || {
            // SAFETY: IPC_RMID takes no third argument: the kernel does not look at the null
            // pointer.
            let result = unsafe { libc::msgctl(queue.id(), libc::IPC_RMID, ptr::null_mut()) };
            Errno::result(result).expect_err("a stranger may not remove it")
        });
        remove(queue.id());
        // Where nobody else can be had, msgctl(2) has the last word.
        let truth = refused.unwrap_or(Errno::EPERM);
        let why = "The mode is about messages, and EACCES would speak of it. To remove takes the owner, the \
                   creator or root, whatever the mode says: EPERM.";
        check("question 3", STRANGER, truth, why);
    });
}

#[test]
fn question_4_shut_out() {
    alone(|room| {
        let queue = queue(room);
        set_capacity(queue, 0);
        let gets_in = send(queue.id(), 1, b"").is_ok();
        remove(queue.id());
        let why = "The capacity limits the count of messages too, so that an empty one does not fit; and it is not \
                   a permission, so that root has no more than others.";
        check("question 4", SHUT_OUT, gets_in, why);
    });
}

#[test]
fn question_5_still_inside() {
    alone(|room| {
        let queue = queue(room);
        for text in ["one", "two", "three"] {
            send(queue.id(), 1, text.as_bytes()).expect("room for a message");
        }
        set_capacity(queue, 0);
        let all = (0..3).all(|_| receive(queue.id()).is_some());
        remove(queue.id());
        let why = "The capacity is looked at when somebody sends. What is inside stays, and can be received.";
        check("question 5", STILL_INSIDE, all, why);
    });
}

/// Removes the queue when it is dropped.
struct Guard(Queue);

impl Drop for Guard {
    fn drop(&mut self) {
        remove(self.0.id());
    }
}

#[test]
fn question_6_killed() {
    alone(|room| {
        let queue = queue(room);
        in_a_child(|| {
            let _guard = Guard(queue);
            // SAFETY: both calls take numbers. The second does not return: SIGKILL cannot be
            // handled.
            unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
        });
        let left = is_there(room, queue.id());
        clear(room);
        let why = "SIGKILL ends a process where it stands: no drop runs, and the kernel counts no users of a \
                   queue. A program has to be able to start in a world where its last run left one behind.";
        check("question 6", KILLED, left, why);
    });
}
