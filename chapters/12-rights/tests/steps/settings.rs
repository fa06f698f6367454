//! Changing what one may change, and nothing else.

use ch02_create::{Mode, Queue};

use ch04_send::Sender;
use ch06_cleanup::{Status, remove};
use ch12_rights::Settings;
use nix::errno::Errno;
use nix::unistd::{Gid, Uid};
use support::as_stranger;

use crate::{ANN, BOB, EVERYBODYS, ONE, OURS, new_queue};

/// What `settings` make of a queue's status, the time apart.
fn applied(queue: Queue, settings: Settings) -> (Status, nix::Result<Status>) {
    let before = Status::whatever_the_mode(queue).expect("it is there");
    let after = settings.apply(queue).and_then(|()| Status::whatever_the_mode(queue));
    let last_changed = before.last_changed;
    (
        before,
        after.map(|mut after| {
            after.last_changed = last_changed;
            after
        }),
    )
}

#[test]
fn each_setting_changes_itself_and_nothing_else() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        Sender::new(queue).try_send(ONE, b"hello").expect("there is room");
        let (mut expected, after) = applied(queue, Settings::new());
        assert_eq!(after, Ok(expected.clone()), "nothing");

        expected.mode = EVERYBODYS;
        assert_eq!(applied(queue, Settings::new().mode(EVERYBODYS)).1, Ok(expected.clone()));
        expected.capacity = 100;
        assert_eq!(applied(queue, Settings::new().capacity(100)).1, Ok(expected.clone()));
        // Ourselves: whom else this user namespace knows depends on who runs the tests.
        let us = Settings::new().owner(Uid::effective()).group(Gid::effective());
        assert_eq!(applied(queue, us).1, Ok(expected));
        room.remove(queue.id());
    });
}

#[test]
fn owner_and_group_are_given_away_one_without_the_other() {
    support::alone(|room| {
        let give = || {
            let queue = new_queue(room, OURS);
            let (mut expected, after) = applied(queue, Settings::new().owner(Uid::from_raw(BOB)));
            expected.owner.0 = Uid::from_raw(BOB);
            assert_eq!(after, Ok(expected.clone()));
            expected.owner.1 = Gid::from_raw(BOB);
            assert_eq!(applied(queue, Settings::new().group(Gid::from_raw(BOB))).1, Ok(expected));
            remove(queue)
        };
        if let Some(removed) = as_stranger(ANN, give) {
            assert_eq!(removed, Ok(()), "its creator still may");
        }
    });
}

#[test]
fn all_settings_change_together_or_not_at_all() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let all = Settings::new().mode(EVERYBODYS).capacity(100);
        let (mut before, after) = applied(queue, all.owner(Uid::from_raw(u32::MAX)));
        assert_eq!(after, Err(Errno::EINVAL));
        assert_eq!(Status::of(queue), Ok(before.clone()));
        assert_eq!(applied(queue, all.group(Gid::from_raw(u32::MAX))).1, Err(Errno::EINVAL));
        assert_eq!(Status::of(queue), Ok(before.clone()));
        (before.mode, before.capacity) = (EVERYBODYS, 100);
        assert_eq!(applied(queue, all).1, Ok(before));
        room.remove(queue.id());
    });
}

#[test]
fn bits_for_executing_are_kept_and_allow_nothing() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let mode = Mode::S_IXUSR | Mode::S_IXGRP | Mode::S_IXOTH;
        let (mut expected, after) = applied(queue, Settings::new().mode(mode));
        expected.mode = mode;
        assert_eq!(after, Ok(expected));
        let enter = || (Status::of(queue), Sender::new(queue).try_send(ONE, b""));
        if let Some(entered) = as_stranger(ANN, enter) {
            assert_eq!(entered, (Err(Errno::EACCES), Err(Errno::EACCES)));
        }
        room.remove(queue.id());
    });
}

#[test]
fn bits_above_the_nine_are_not_kept() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let (before, after) = applied(queue, Settings::new().mode(OURS | Mode::S_ISUID));
        assert_eq!(after, Ok(before));
        room.remove(queue.id());
    });
}

#[test]
fn owner_who_may_not_read_changes_everything() {
    support::alone(|room| {
        let change = || {
            let queue = new_queue(room, Mode::S_IWUSR);
            assert_eq!(Status::of(queue), Err(Errno::EACCES));
            let all = Settings::new().mode(Mode::empty()).capacity(100).group(Gid::from_raw(ANN));
            let (mut expected, after) = applied(queue, all);
            (expected.mode, expected.capacity) = (Mode::empty(), 100);
            assert_eq!(after, Ok(expected));
            remove(queue)
        };
        if let Some(removed) = as_stranger(ANN, change) {
            assert_eq!(removed, Ok(()));
        }
    });
}

#[test]
fn stranger_changes_nothing_whatever_the_mode() {
    support::alone(|room| {
        for mode in [OURS, EVERYBODYS, Mode::empty()] {
            let queue = new_queue(room, mode);
            let before = Status::whatever_the_mode(queue);
            let try_all = || {
                [
                    Settings::new(),
                    Settings::new().mode(EVERYBODYS),
                    Settings::new().capacity(1),
                    Settings::new().owner(Uid::from_raw(ANN)).group(Gid::from_raw(ANN)),
                ]
                .map(|settings| settings.apply(queue))
            };
            if let Some(answers) = as_stranger(ANN, try_all) {
                assert_eq!(answers, [Err(Errno::EPERM); 4], "{mode:?}");
            }
            assert_eq!(Status::whatever_the_mode(queue), before);
            room.remove(queue.id());
        }
    });
}

#[test]
fn capacity_above_msgmnb_takes_a_privilege_and_above_31_bits_is_refused() {
    support::alone(|room| {
        let limit = usize::try_from(room.limit("msgmnb")).expect("it is 32 bits");
        let raise = || {
            let queue = new_queue(room, OURS);
            let too_much = [1 << 31, usize::MAX, usize::MAX / 2];
            for bytes in too_much {
                let (before, after) = applied(queue, Settings::new().capacity(bytes));
                assert_eq!(after, Err(Errno::EINVAL), "{bytes}");
                assert_eq!(Status::of(queue), Ok(before));
            }
            let raised = Settings::new().capacity(limit + 1).apply(queue);
            remove(queue).expect("the queue is ours");
            raised
        };
        let _ = raise();
        if let Some(raised) = as_stranger(ANN, raise) {
            assert_eq!(raised, Err(Errno::EPERM));
        }
    });
}

#[cfg(target_pointer_width = "64")]
#[test]
fn capacity_that_the_kernel_would_truncate_to_a_small_one_is_refused() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        let (before, after) = applied(queue, Settings::new().capacity((1 << 32) + 500));
        assert_eq!(after, Err(Errno::EINVAL));
        assert_eq!(Status::of(queue), Ok(before));
        room.remove(queue.id());
    });
}

#[test]
fn queue_that_is_gone_fails_with_einval() {
    support::alone(|room| {
        let queue = new_queue(room, OURS);
        room.remove(queue.id());
        assert_eq!(Settings::new().apply(queue), Err(Errno::EINVAL));
    });
}
