//! Two calls, measured in turns. The least of many times is what a call takes when nothing disturbs
//! it. (A thread's processor time does not help: what a virtual machine has not had is taken off
//! some call or other, which then seems to take nearly nothing.)

use std::ffi::c_long;
use std::time::{Duration, Instant};

use ch02_create::Queue;
use nix::errno::Errno;
use practice::Room;

/// So many fit into a queue of the usual capacity: a message counts 1 there, even without bytes.
pub(super) const MANY: usize = 16_000;

/// So many times as long is slower.
const SLOWER: u32 = 4;

const ROUNDS: usize = 15;

/// Sends a message without bytes.
pub(super) fn send(queue: Queue, message_type: c_long) {
    // SAFETY: behind the pointer lies a `c_long`, and there are no bytes to be read.
    let sent =
        unsafe { libc::msgsnd(queue.id(), (&raw const message_type).cast(), 0, libc::IPC_NOWAIT) };
    assert_eq!(Errno::result(sent), Ok(0), "there is room for it");
}

/// A queue with so many messages of this type.
pub(super) fn queue_with(room: &Room, count: usize, message_type: c_long) -> Queue {
    let queue = practice::queue(room);
    let bytes = ch06_cleanup::Status::of(queue).expect("our queue").capacity;
    if bytes < 16_384 {
        practice::set_capacity(queue, 16_384);
    }
    (0..count).for_each(|_| send(queue, message_type));
    queue
}

/// Takes a message without bytes out, as msgrcv selects it, and puts one of this type back.
pub(super) fn take(queue: Queue, select: c_long, back: c_long) -> Duration {
    let mut message_type: c_long = 0;
    let begin = Instant::now();
    // SAFETY: behind the pointer lies a `c_long`, and no bytes are wanted.
    let length = unsafe {
        libc::msgrcv(queue.id(), (&raw mut message_type).cast(), 0, select, libc::IPC_NOWAIT)
    };
    let time = begin.elapsed();
    assert_eq!(Errno::result(length), Ok(0), "the message is there");
    send(queue, back);
    time
}

/// Sends a message of type 3, and takes one out.
pub(super) fn send_and_take(queue: Queue) -> Duration {
    let begin = Instant::now();
    send(queue, 3);
    let time = begin.elapsed();
    practice::receive(queue.id()).expect("a message");
    time
}

/// What was measured.
pub(super) struct Measured {
    /// Whether the first takes more than four times as long as the second.
    pub(super) slower: bool,
    times: [Duration; 2],
}

impl Measured {
    /// The explanation, with the times.
    pub(super) fn explain(&self, why: &str) -> String {
        let [one, other] = self.times;
        format!("{why} (It took {one:?}, and the other {other:?}.)")
    }
}

pub(super) fn compare(
    mut one: impl FnMut() -> Duration,
    mut other: impl FnMut() -> Duration,
) -> Measured {
    let rounds: Vec<(Duration, Duration)> = (0..ROUNDS).map(|_| (one(), other())).collect();
    let one = rounds.iter().map(|times| times.0).min().expect("some rounds");
    let other = rounds.iter().map(|times| times.1).min().expect("some rounds");
    Measured { slower: one > SLOWER * other, times: [one, other] }
}
