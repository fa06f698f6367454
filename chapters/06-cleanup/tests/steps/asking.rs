//! Asking the kernel who may change a queue, without changing it.

use std::thread;
use std::time::SystemTime;

use ch02_create::Mode;
use ch06_cleanup::{Status, may_change, remove, set_capacity};
use nix::errno::Errno;
use support::{Capability, as_stranger, asleep_in_msg_call, until, while_asleep, without};

use crate::{EVERYBODYS, NOBODY, OURS, new_queue, processes, raw, recv, wakings};

#[test]
fn owner_may_change_a_queue_of_any_mode() {
    support::alone(|room| {
        for mode in [OURS, EVERYBODYS, Mode::empty()] {
            let queue = new_queue(room, mode);
            assert_eq!(may_change(queue), Ok(true), "{mode:?}");
            room.remove(queue.id());
        }
        let ask = || {
            [OURS, Mode::empty()].map(|mode| {
                let queue = new_queue(room, mode);
                (may_change(queue), remove(queue))
            })
        };
        if let Some(answers) = as_stranger(NOBODY, ask) {
            assert_eq!(answers, [(Ok(true), Ok(())); 2]);
        }
    });
}

#[test]
fn stranger_may_not_change_a_queue_of_any_mode() {
    support::alone(|room| {
        for mode in [OURS, EVERYBODYS, Mode::empty()] {
            let queue = new_queue(room, mode);
            if let Some(answer) = as_stranger(NOBODY, || may_change(queue)) {
                assert_eq!(answer, Ok(false), "{mode:?}");
            }
            room.remove(queue.id());
        }
    });
}

#[test]
fn creator_may_change_a_queue_given_away_and_so_may_its_new_owner() {
    support::alone(|room| {
        let give_away = || {
            let queue = new_queue(room, OURS);
            raw::change(queue, |status| status.msg_perm.uid = 1).expect("the queue is ours");
            (queue, may_change(queue))
        };
        if let Some((queue, creators)) = as_stranger(NOBODY, give_away) {
            assert_eq!(creators, Ok(true));
            assert_eq!(as_stranger(1, || may_change(queue)), Some(Ok(true)));
            assert_eq!(as_stranger(2, || may_change(queue)), Some(Ok(false)));
            room.remove(queue.id());
        }
    });
}

#[test]
fn root_may_change_a_strangers_queue_only_with_cap_sys_admin() {
    support::alone(|room| {
        if let Some(queue) = as_stranger(NOBODY, || new_queue(room, EVERYBODYS)) {
            let own = new_queue(room, OURS);
            assert_eq!(may_change(queue), Ok(true));
            without(&[Capability::SysAdmin], || {
                assert_eq!((may_change(queue), may_change(own)), (Ok(false), Ok(true)));
                assert_eq!(remove(queue), Err(Errno::EPERM), "the answer is true");
            });
            room.remove(queue.id());
            room.remove(own.id());
        }
    });
}

#[test]
fn root_of_a_user_namespace_may_not_change_a_strangers_queue() {
    support::alone(|room| {
        if let Some(queue) = as_stranger(NOBODY, || new_queue(room, EVERYBODYS)) {
            // SAFETY: the child makes system calls alone.
            let child = unsafe {
                processes::in_child(|| {
                    processes::exit(match processes::become_root_of_a_user_namespace() {
                        Err(_) => 2,
                        Ok(()) if may_change(queue) == Ok(false) => 0,
                        Ok(()) => 1,
                    })
                })
            };
            match libc::WEXITSTATUS(processes::wait_for(child)) {
                2 => println!("skipped: user namespaces are not to be had here"),
                status => assert_eq!(status, 0, "it may not"),
            }
            room.remove(queue.id());
        }
    });
}

#[test]
fn queue_that_is_gone_fails_with_einval() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        room.remove(queue.id());
        assert_eq!(may_change(queue), Err(Errno::EINVAL));
        if let Some(answer) = as_stranger(NOBODY, || may_change(queue)) {
            assert_eq!(answer, Err(Errno::EINVAL));
        }
    });
}

#[test]
fn question_changes_nothing_and_opens_no_door() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        set_capacity(queue, 0).expect("the queue is ours");
        let before = Status::of(queue).expect("the queue is ours");
        until("the next second", || {
            Some(SystemTime::now())
                > before.last_changed.map(|time| time + std::time::Duration::from_secs(1))
        });
        assert_eq!(may_change(queue), Ok(true));
        assert_eq!(Status::of(queue), Ok(before));
        room.remove(queue.id());
    });
}

#[test]
fn question_wakes_no_sleeper() {
    const QUESTIONS: u64 = 200;
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let received = while_asleep(
            || recv(queue),
            |sleeper| {
                let before = wakings(sleeper);
                for _ in 0..QUESTIONS {
                    assert_eq!(may_change(queue), Ok(true));
                    thread::yield_now();
                }
                set_capacity(queue, 10).expect("the queue is ours");
                until("the change to have woken the sleeper", || {
                    wakings(sleeper) > before && asleep_in_msg_call(sleeper)
                });
                let woken = wakings(sleeper) - before;
                assert!(woken < QUESTIONS / 20, "woken {woken} times, by one change");
                room.remove(queue.id());
            },
        );
        assert_eq!(received, Err(Errno::EIDRM));
    });
}
