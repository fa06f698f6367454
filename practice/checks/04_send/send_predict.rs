use super::*;
use practice::{alone, check, in_namespace, queue, send, set_capacity, while_asleep};
use std::ffi::c_long;
use std::thread;

#[test]
fn question_1_exact() {
    alone(|room| {
        let queue = queue(room);
        let id = queue.id();
        set_capacity(queue, 16_384);
        let taken = [1, 2].map(|message_type| send(id, message_type, &[b'x'; 8192]).is_ok());
        let why = "The bytes may be as many as the capacity, and the types do not count.";
        check("question 1", EXACT, taken == [true, true], why);
        room.remove(id);
    });
}

#[test]
fn question_2_for_ever() {
    alone(|room| {
        let queue = queue(room);
        let id = queue.id();
        set_capacity(queue, 100);
        let taken = (0..200).all(|_| send(id, 1, b"").is_ok());
        let why = "The capacity limits the number of messages as well as that of bytes.";
        check("question 2", FOR_EVER, taken, why);
        room.remove(id);
    });
}

#[test]
fn question_3_sender_gone() {
    alone(|room| {
        let id = queue(room).id();
        // A thread of its own in place of a program of its own: to the kernel it is as good.
        let sender = thread::spawn(move || send(id, 1, b"hello"));
        sender.join().expect("no panic").expect("room for it");
        let why = "When msgsnd returns, the kernel has a copy, and the sender may end.";
        check("question 3", SENDER_GONE, practice::receive(id).is_some(), why);
        room.remove(id);
    });
}

#[test]
fn question_4_receiver_helps() {
    alone(|room| {
        let queue = queue(room);
        let id = queue.id();
        set_capacity(queue, 100);
        send(id, 1, &[b'x'; 100]).expect("room for it");
        let mut taken = None;
        while_asleep(
            || {
                let mut memory = [0 as c_long; 4];
                let size = size_of_val(&memory[1..]);
                // SAFETY: behind the pointer lie a `c_long` and `size` bytes, all of them ours.
                unsafe { libc::msgrcv(id, memory.as_mut_ptr().cast(), size, 2, 0) }
            },
            |_| {
                taken = Some(send(id, 2, b"hello").is_ok());
                room.remove(id);
            },
        );
        let why = "The kernel looks for room first, and for a receiver afterwards.";
        check("question 4", RECEIVER_HELPS, taken.expect("it was tried"), why);
    });
}

#[test]
fn question_5_type_0() {
    alone(|room| {
        let id = queue(room).id();
        let taken = send(id, 0, b"hello").is_ok();
        let why = "A type is 1 at least (EINVAL): to a receiver, 0 means any.";
        check("question 5", TYPE_0, taken, why);
        room.remove(id);
    });
}

#[test]
fn question_6_same_errno() {
    // The limit of the whole machine is not ours to change.
    in_namespace(|room| {
        let queue = queue(room);
        let id = queue.id();
        room.set_limit("msgmax", 1000);
        set_capacity(queue, 100);
        let [over_limit, over_capacity] =
            [1001, 101].map(|length| send(id, 1, &vec![b'x'; length]));
        let why = "Over msgmax is EINVAL: it can never be sent. Over the capacity is EAGAIN, \"full\", \
                   though the queue is empty; who waits, waits forever.";
        check("question 6", SAME_ERRNO, over_limit == over_capacity, why);
        room.remove(id);
    });
}
