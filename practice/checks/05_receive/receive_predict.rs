use super::*;
use nix::errno::Errno;
use practice::{alone, check, count, queue, send, while_asleep};
use std::ffi::{c_int, c_long};

/// msgrcv with room for 256 bytes: the type of the message.
fn take(id: c_int, wanted: c_long, flags: c_int) -> nix::Result<u64> {
    const ROOM: usize = 256;
    let mut memory = [0 as c_long; 1 + ROOM / size_of::<c_long>()];
    // SAFETY: behind the pointer lie a `c_long` and `ROOM` bytes, all of them ours.
    let length = unsafe { libc::msgrcv(id, memory.as_mut_ptr().cast(), ROOM, wanted, flags) };
    Errno::result(length).map(|_| memory[0] as u64)
}

#[test]
fn question_1_lowest() {
    alone(|room| {
        let id = queue(room).id();
        for message_type in [4, 3, 1, 3] {
            send(id, message_type, b"hello").expect("room for it");
        }
        let taken = take(id, -3, libc::IPC_NOWAIT).expect("three of them fit");
        let why =
            "A negative number asks for the lowest type that waits, not for the oldest message.";
        check("question 1", LOWEST, taken, why);
        room.remove(id);
    });
}

#[test]
fn question_2_asleep() {
    alone(|room| {
        let id = queue(room).id();
        let taken = while_asleep(
            || take(id, -3, 0),
            |_| {
                send(id, 3, b"hello").expect("room for it");
                send(id, 1, b"hello").expect("room for it");
            },
        );
        let why = "Lowest first is an order among messages that wait; who sleeps is handed the first \
                   that fits.";
        check("question 2", ASLEEP, taken.expect("two of them fit"), why);
        room.remove(id);
    });
}

#[test]
fn question_3_except() {
    alone(|room| {
        let id = queue(room).id();
        send(id, 9, b"hello").expect("room for it");
        send(id, 4, b"hello").expect("room for it");
        let taken = take(id, -7, libc::IPC_NOWAIT | libc::MSG_EXCEPT).expect("one fits");
        let why = "With a negative number the kernel ignores MSG_EXCEPT, and does not say so.";
        check("question 3", EXCEPT, taken, why);
        room.remove(id);
    });
}

#[test]
fn question_4_too_long() {
    alone(|room| {
        let id = queue(room).id();
        send(id, 1, &[b'x'; 300]).expect("room for it");
        let taken = take(id, 0, libc::IPC_NOWAIT);
        assert_eq!(taken, Err(Errno::E2BIG), "300 bytes are too many for 256");
        let why =
            "A message that is too long stays where it is (E2BIG), for a call with more room.";
        check("question 4", TOO_LONG, count(room, id).expect("it is there"), why);
        room.remove(id);
    });
}

#[test]
fn question_5_cut() {
    alone(|room| {
        let id = queue(room).id();
        send(id, 1, &[b'x'; 300]).expect("room for it");
        take(id, 0, libc::IPC_NOWAIT | libc::MSG_NOERROR).expect("the begin of it");
        let left = practice::receive(id).map_or(0, |message| message.bytes.len() as u64);
        let why = "MSG_NOERROR throws the rest away, and nobody learns of it.";
        check("question 5", CUT, left, why);
        room.remove(id);
    });
}

#[test]
fn question_6_seen() {
    alone(|room| {
        let id = queue(room).id();
        let mut seen = None;
        let taken = while_asleep(
            || take(id, 0, 0),
            |_| {
                send(id, 1, b"hello").expect("room for it");
                seen = count(room, id);
            },
        );
        assert_eq!(taken, Ok(1), "the message that was sent arrives");
        let why = "A message for a sleeping receiver is handed over, and never enters the queue.";
        check("question 6", SEEN, seen.expect("it was counted"), why);
        room.remove(id);
    });
}
