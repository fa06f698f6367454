//! How much a queue may hold, and who may say so.

use std::fs::File;
use std::time::{Duration, Instant};

use ch04_send::Sender;
use ch06_cleanup::{Status, change, set_capacity};
use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};
use support::{as_stranger, asleep_in_msg_call, while_asleep};

use crate::{NOBODY, ONE, OURS, new_queue, queue_with, raw, recv, wakings};

#[test]
fn capacity_is_what_it_was_set_to_and_nothing_else_changes() {
    support::alone(|room| {
        let queue = queue_with(room, &["hello"]);
        let before = Status::of(queue).expect("the queue is ours");
        set_capacity(queue, 10).expect("the queue is ours");
        let mut after = Status::of(queue).expect("the queue is ours");
        assert_eq!(after.capacity, 10);
        (after.capacity, after.last_changed) = (before.capacity, before.last_changed);
        assert_eq!(after, before);
        room.remove(queue.id());
    });
}

#[test]
fn queued_messages_stay_when_the_capacity_becomes_0() {
    support::alone(|room| {
        let queue = queue_with(room, &["hello"]);
        set_capacity(queue, 0).expect("the queue is ours");
        assert_eq!(Sender::new(queue).try_send(ONE, b""), Err(Errno::EAGAIN));
        assert_eq!(Status::of(queue).map(|status| status.messages), Ok(1));
        assert_eq!(recv(queue), Ok(()));
        room.remove(queue.id());
    });
}

#[test]
fn capacity_above_msgmnb_requires_a_privilege() {
    support::alone(|room| {
        let limit = usize::try_from(room.limit("msgmnb")).expect("it is 32 bits");
        let raise = || {
            let queue = new_queue(room, OURS);
            let lowered = set_capacity(queue, 10);
            let raised = set_capacity(queue, limit);
            let above = set_capacity(queue, limit + 1);
            ch06_cleanup::remove(queue).expect("the queue is ours");
            (lowered, raised, above)
        };
        if let Some(answers) = as_stranger(NOBODY, raise) {
            assert_eq!(answers, (Ok(()), Ok(()), Err(Errno::EPERM)));
        }
    });
}

#[test]
fn capacity_of_more_than_32_bits_is_refused_before_the_kernel_truncates_it() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let before = Status::of(queue);
        for bytes in [(1 << 31), usize::MAX] {
            assert_eq!(set_capacity(queue, bytes), Err(Errno::EINVAL));
        }
        assert_eq!(Status::of(queue), before);
        room.remove(queue.id());
    });
}

#[cfg(target_pointer_width = "64")]
#[test]
fn kernel_keeps_32_bits_of_the_capacity() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let changed = raw::change(queue, |status| status.msg_qbytes = (1 << 32) + 500);
        assert_eq!(changed, Ok(()), "above msgmnb, to look at");
        assert_eq!(Status::of(queue).map(|status| status.capacity), Ok(500));
        room.remove(queue.id());
    });
}

#[test]
fn lock_that_somebody_keeps_delays_a_change_and_does_not_prevent_it() {
    // Elsewhere everybody's tests would stand in line.
    support::in_namespace(|room| {
        let queue = new_queue(room, OURS);
        let keep = || {
            let file = File::open("/proc/thread-self/ns/ipc").expect("anybody may open it");
            Flock::lock(file, FlockArg::LockExclusive).expect("anybody may take it")
        };
        let kept = as_stranger(NOBODY, keep).unwrap_or_else(keep);
        let begun = Instant::now();
        assert_eq!(set_capacity(queue, 10), Ok(()));
        assert!(begun.elapsed() >= Duration::from_secs(1), "it has waited in line");
        drop(kept);
        assert_eq!(Status::of(queue).map(|status| status.capacity), Ok(10));
        room.remove(queue.id());
    });
}

#[test]
fn change_that_fails_does_nothing_and_holds_nobody_up() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let before = Status::of(queue);
        let begun = Instant::now();
        let refused = change(queue, |status| {
            status.msg_qbytes = 10;
            Err(Errno::ENOTTY)
        });
        assert_eq!((refused, Status::of(queue)), (Err(Errno::ENOTTY), before));
        assert_eq!(set_capacity(queue, 20), Ok(()));
        assert!(begun.elapsed() < Duration::from_secs(1), "the lock was free");
        room.remove(queue.id());
    });
}

/// As a C program changes it, which stands in no line.
#[test]
fn change_made_of_two_bare_calls_opens_a_door_that_was_shut_between_them() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let before = Status::of(queue).expect("the queue is ours").capacity;
        let changed = raw::change(queue, |status| {
            set_capacity(queue, 0).expect("the queue is ours");
            status.msg_perm.mode = 0o640;
        });
        assert_eq!(changed, Ok(()));
        let status = Status::of(queue).expect("the queue is ours");
        assert_eq!((status.mode.bits(), status.capacity), (0o640, before), "what was read");
        room.remove(queue.id());
    });
}

#[test]
fn change_wakes_sleepers_who_look_again_and_sleep_on() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let received = while_asleep(
            || recv(queue),
            |sleeper| {
                let before = wakings(sleeper);
                set_capacity(queue, 10).expect("the queue is ours");
                support::until("the sleeper to have woken and to sleep again", || {
                    wakings(sleeper) > before && asleep_in_msg_call(sleeper)
                });
                room.remove(queue.id());
            },
        );
        assert_eq!(received, Err(Errno::EIDRM));
    });
}
