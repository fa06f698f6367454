//! The first version, and what is left of it when somebody has died in it.

use ch16_shared_memory::{SemaphoreRing, Shape};
use nix::errno::Errno;

use crate::{Name, ch16, finished};

#[test]
fn ring_with_semaphores_delivers_in_order_and_refuses_when_full() {
    support::alone(|_| {
        let name = Name::new();
        let shape = Shape::new(2, 16).expect("a shape");
        let ring = SemaphoreRing::create_new(&name.0, shape).expect("the name is new");
        let other = SemaphoreRing::open(&name.0).expect("it is there");
        let mut message = Vec::new();
        for _ in 0..3 {
            ring.send(b"first").expect("there is room");
            ring.try_send(b"second").expect("there is room");
            assert_eq!(ring.try_send(b"third"), Err(Errno::EAGAIN));
            other.recv(&mut message).expect("there is one");
            assert_eq!(message, b"first");
            assert_eq!(other.try_recv(&mut message), Ok(true));
            assert_eq!(message, b"second");
            assert_eq!(other.try_recv(&mut message), Ok(false));
        }
        assert_eq!(ring.send(&[0; 17]), Err(Errno::EMSGSIZE));
    });
}

#[test]
fn empty_ring_with_semaphores_is_full_forever_after_as_many_deaths_as_slots() {
    support::alone(|_| {
        let told = finished(ch16(&["semaphores"]));
        let lines = told.success().lines();
        assert_eq!(lines.len(), 9, "{told:?}");
        for (deaths, line) in (1..8).zip(&lines[1..]) {
            let expected =
                format!("senders killed: {deaths}; messages in it: 0; one more can be sent");
            assert_eq!(*line, expected);
        }
        let last = "senders killed: 8; messages in it: 0; one more: the ring is full (EAGAIN)";
        assert_eq!(lines[8], last);
    });
}

#[test]
fn condition_variable_hangs_after_a_waiter_was_killed() {
    support::alone(|_| {
        let told = finished(ch16(&["condition"]));
        let lines = told.success().lines();
        // Who hangs, the waiter or the one who signals, depends on the version of the C library.
        // musl's goes on: it counts no waiters that matter.
        let hangs = lines.iter().any(|line| line.contains(" still "));
        assert_eq!(hangs, cfg!(target_env = "gnu"), "{told:?}");
    });
}
