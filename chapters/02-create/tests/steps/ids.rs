//! The id: the kernel's name for one queue.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch02_create::Queue;
use nix::errno::Errno;
use support::Running;

use crate::{OURS, new_key, raw};

#[test]
fn first_queue_has_id_0() {
    support::in_namespace(|room| {
        let queue = Queue::create_new(new_key(room), OURS).expect("the key is unused");
        assert_eq!(queue.id(), 0);
        assert_eq!(raw::send(0), Ok(()), "0 is an id like any other");
        room.remove(0);
    });
}

#[test]
fn queue_survives_the_process_that_made_it() {
    support::alone(|room| {
        let key = new_key(room);
        let mut ch02 = Command::new(cargo_bin!("ch02"));
        ch02.args(["new", &key.to_string()]);
        let finished = Running::start(ch02).finish();
        let queue = Queue::open(key).expect("it is still there");
        finished.success().stdout_is(format!("queue id {}\n", queue.id()));
        assert_eq!(raw::send(queue.id()), Ok(()), "and can be used");
        room.remove(queue.id());
    });
}

#[test]
fn id_means_the_same_queue_in_another_process() {
    support::alone(|room| {
        let queue = Queue::private(OURS).expect("a queue can be made");
        room.watch(queue.id());
        let mut ipcrm = Command::new("ipcrm");
        ipcrm.args(["-q", &queue.id().to_string()]);
        Running::start(ipcrm).finish().success();
        assert_eq!(raw::send(queue.id()), Err(Errno::EINVAL), "the other process removed it");
    });
}

#[test]
fn id_is_not_given_again_at_once() {
    support::alone(|room| {
        let key = new_key(room);
        let before = Queue::create_new(key, OURS).expect("the key is unused");
        room.remove(before.id());
        let after = Queue::create_new(key, OURS).expect("the key is unused again");
        assert_ne!(before, after);
        assert_eq!(raw::send(before.id()), Err(Errno::EINVAL));
        room.remove(after.id());
    });
}

#[test]
fn stale_id_names_no_queue() {
    support::alone(|room| {
        let queue = Queue::create_new(new_key(room), OURS).expect("the key is unused");
        room.remove(queue.id());
        assert_eq!(raw::send(queue.id()), Err(Errno::EINVAL));
    });
}

#[test]
fn negative_number_names_no_queue() {
    assert_eq!(raw::send(Queue::from_id(-1).id()), Err(Errno::EINVAL));
}

#[test]
fn id_is_a_sequence_number_and_a_slot() {
    support::in_namespace(|room| {
        // One queue at a time: the kernel goes through 64 slots, then starts again at the first
        // and counts the sequence number, which stands above the 15 bits of the slot.
        let ids = [(); 130].map(|()| {
            let queue = Queue::private(OURS).expect("a queue can be made");
            room.remove(queue.id());
            queue.id()
        });
        let expected: [i32; 130] = std::array::from_fn(|n| {
            let n = i32::try_from(n).expect("it is less than 130");
            (n / 64) << 15 | (n % 64)
        });
        assert_eq!(ids, expected);
    });
}
