use super::*;
use practice::{Word, yours};

#[path = "memory_publish/meanwhile.rs"]
mod meanwhile;
#[path = "memory_publish/order.rs"]
mod order;
#[path = "memory_publish/ring.rs"]
mod ring;
use ring::{GARBAGE, Ring};

/// Where the two numbers begin: at last they are beyond u64::MAX.
const FIRST: [u64; 7] = [0, 1, 3, 1_000_001, u64::MAX - 10, u64::MAX - 2, u64::MAX];

#[test]
fn messages_come_out_as_they_went_in() {
    for first in FIRST {
        let ring = Ring::with(first, &[]);
        let what = format!("{first} messages have been through the ring");
        let none = yours(&what, || ring.take());
        assert!(none.is_none(), "{what}, and it is empty; you take {none:?} out");
        // Edges of a number, and more of them than there are slots.
        let messages = [7, 0, u64::MAX, 1, 7, 7, 0, 12];
        for message in messages {
            let done = yours(&what, || ring.put(message));
            assert!(done, "{what}, and it is empty; you do not put {message} in");
            let taken = ring.take();
            assert!(
                taken == Some(message),
                "{what}; then {message} was put in, alone, and you take {taken:?} out"
            );
        }
        for message in 1..=SLOTS {
            let done = ring.put(message);
            assert!(
                done,
                "the ring has room for {SLOTS} messages, there are {} in it, and you do not put another one in",
                message - 1
            );
        }
        let done = ring.put(99);
        assert!(
            !done && ring.content() == [1, 2, 3, 4],
            "the ring is full, with [1, 2, 3, 4], and 99 was to be put in: you return {done}, and there is \
             {:?} now",
            ring.content()
        );
        let taken: Vec<_> = (1..=SLOTS).map_while(|_| ring.take()).collect();
        assert!(
            taken == [1, 2, 3, 4],
            "[1, 2, 3, 4] were put in, and you take {taken:?} out: the oldest comes first, each once"
        );
        assert!(
            ring.take().is_none() && ring.content().is_empty(),
            "all is taken out, and the numbers say that {:?} is still there",
            ring.content()
        );
    }
}

/// Whether it is right as long as each call is alone; another test says it if not.
fn is_right_alone() -> bool {
    practice::failure(messages_come_out_as_they_went_in).is_none()
}

/// More accesses than a call has.
const ACCESSES: usize = 8;

#[test]
fn killed_sender_leaves_a_ring_that_works() {
    if !is_right_alone() {
        return;
    }
    for before in [&[][..], &[1], &[1, 2, 3]] {
        for nth in 1..=ACCESSES {
            let ring = Ring::with(6, before);
            ring.dies.set(nth);
            ring.put(42);
            let left = ring.content();
            ring.begin_anew();
            let with: Vec<u64> = before.iter().copied().chain([42]).collect();
            assert!(
                !left.contains(&GARBAGE),
                "the sender was killed before its access {nth}, when {before:?} were in the ring; now {left:?} \
                 are: {GARBAGE} is no message, but what was in the slot"
            );
            assert!(
                left == before || left == with,
                "the sender was killed before its access {nth}, when {before:?} were in the ring; now {left:?} \
                 are: it has put 42 in or not"
            );
            let taken: Vec<_> = (0..9).map_while(|_| ring.take()).collect();
            let full: Vec<bool> = (0..=SLOTS).map(|message| ring.put(message)).collect();
            assert!(
                left == taken && full == [true, true, true, true, false],
                "the sender was killed before its access {nth}; then {taken:?} come out of {left:?}, and \
                 {full:?} is what five more senders get"
            );
        }
    }
}

#[test]
fn killed_receiver_leaves_a_ring_that_works() {
    if !is_right_alone() {
        return;
    }
    for before in [&[1][..], &[1, 2], &[1, 2, 3, 4]] {
        for nth in 1..=ACCESSES {
            let ring = Ring::with(6, before);
            ring.dies.set(nth);
            ring.take();
            let left = ring.content();
            ring.begin_anew();
            assert!(
                left == before || left == before[1..],
                "the receiver was killed before its access {nth}, when {before:?} were in the ring; now \
                 {left:?} are: it has taken 1 out or not"
            );
            let taken: Vec<_> = (0..9).map_while(|_| ring.take()).collect();
            assert!(
                taken == left,
                "the receiver was killed before its access {nth}; {left:?} are in the ring, and the next one \
                 takes {taken:?} out"
            );
        }
    }
}
