use super::*;
use ch02_create::{Mode, Queue};
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{ForkResult, fork};
use practice::{Room, alone, check, receive, remove, send, until, while_asleep};
use std::ptr;

fn queue(room: &Room, mode: u32) -> Queue {
    let queue = Queue::private(Mode::from_bits_truncate(mode)).expect("a queue");
    room.watch(queue.id());
    queue
}

fn set_capacity_to_0(queue: Queue) {
    // SAFETY: a `msqid_ds` consists of integers, for which zeroes are valid.
    let mut status: libc::msqid_ds = unsafe { std::mem::zeroed() };
    // SAFETY: IPC_STAT writes one `msqid_ds` behind the pointer, and there is one.
    let result = unsafe { libc::msgctl(queue.id(), libc::IPC_STAT, &raw mut status) };
    Errno::result(result).expect("our queue");
    status.msg_qbytes = 0;
    // SAFETY: IPC_SET reads one `msqid_ds` behind the pointer, and there is one.
    let result = unsafe { libc::msgctl(queue.id(), libc::IPC_SET, &raw mut status) };
    Errno::result(result).expect("our queue");
}

#[test]
fn question_1_asleep() {
    alone(|room| {
        let queue = queue(room, 0o600);
        let woken = while_asleep(
            || {
                ch05_receive::Receiver::new(queue)
                    .recv(ch05_receive::Select::Any)
                    .err()
            },
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
        let queue = queue(room, 0o600);
        remove(queue.id());
        let truth = send(queue.id(), 1, b"hello").expect_err("the queue is gone");
        let why = "For whoever comes later the id is a number without a meaning, an invalid argument: EINVAL.";
        check("question 2", LATER, truth, why);
    });
}

#[test]
fn question_3_stranger() {
    alone(|room| {
        let queue = queue(room, 0o666);
        let refused = support::as_stranger(65_534, || {
            // SAFETY: IPC_RMID takes no third argument: the kernel does not look at the null pointer.
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
        let queue = queue(room, 0o600);
        set_capacity_to_0(queue);
        let gets_in = send(queue.id(), 1, b"").is_ok();
        remove(queue.id());
        let why = "The capacity limits the count of messages too, so that an empty one does not fit; and it is no \
                   permission, so that root has no more than others.";
        check("question 4", SHUT_OUT, gets_in, why);
    });
}

#[test]
fn question_5_still_inside() {
    alone(|room| {
        let queue = queue(room, 0o600);
        for text in ["one", "two", "three"] {
            send(queue.id(), 1, text.as_bytes()).expect("room for a message");
        }
        set_capacity_to_0(queue);
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
        let queue = queue(room, 0o600);
        // SAFETY: the child makes a guard and waits; it takes no lock that another thread of ours could hold.
        match unsafe { fork() }.expect("another process") {
            ForkResult::Child => {
                let _guard = Guard(queue);
                // SAFETY: both calls take numbers. The first does not return: SIGKILL cannot be handled.
                unsafe { libc::kill(libc::getpid(), libc::SIGKILL) };
                // SAFETY: _exit takes a number. Nothing of the test is to run twice.
                unsafe { libc::_exit(1) };
            }
            ForkResult::Parent { child } => until("the killed child to end", || {
                let status = waitpid(child, Some(WaitPidFlag::WNOHANG)).expect("our child");
                status != WaitStatus::StillAlive
            }),
        }
        let left = room.queues();
        left.iter().for_each(|queue| room.remove(queue.msqid));
        let why = "SIGKILL ends a process where it stands: no drop runs, and the kernel counts no users of a \
                   queue. A program has to be able to start in a world where its last run left one behind.";
        check("question 6", KILLED, !left.is_empty(), why);
    });
}
