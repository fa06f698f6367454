//! Errors at both steps, and users who may not.

use super::*;
use practice::{Call, Moment, as_ordinary_user, between_calls, errnos, yours};
use std::cell::Cell;
use std::rc::Rc;

/// Whether your function returns what IPC_SET fails with; another test says it if not.
pub(super) fn are_returned(room: &Room) -> bool {
    [Errno::EPERM, Errno::EINVAL].into_iter().all(|errno| {
        let queue = queue_with(room, 0o640, 5_000);
        let is_set = |call| matches!(call, Call::Control(_, libc::IPC_SET));
        let user = nix::unistd::geteuid().as_raw();
        let call = || practice::failing(is_set, 1, errno, || give(queue, user, None));
        let given = support::caught(call);
        clear(room);
        given == Ok(Some(Err(errno)))
    })
}

#[test]
fn errors_are_returned_at_both_steps() {
    alone(|room| {
        if !changes_only_that(room) {
            return;
        }
        for (step, command, meant) in
            [("IPC_STAT", libc::IPC_STAT, &[Errno::EACCES][..]), ("IPC_SET", libc::IPC_SET, &[])]
        {
            for errno in errnos::but(&errnos::CONTROL, meant) {
                let queue = queue_with(room, 0o640, 5_000);
                let set = Rc::new(Cell::new(false));
                let seen = Rc::clone(&set);
                let hook = move |moment| match moment {
                    Moment::Before(Call::Control(_, called)) if called == command => Some(errno),
                    Moment::After(Call::Control(_, libc::IPC_SET), Ok(_)) => {
                        seen.set(true);
                        None
                    }
                    _ => None,
                };
                let user = nix::unistd::geteuid().as_raw();
                let given = yours("an error of msgctl", || {
                    between_calls(hook, || give(queue, user, Some(0o600)))
                });
                clear(room);
                assert!(
                    !set.get(),
                    "{step} failed with {errno:?}, and you go on with IPC_SET: you do not know what you write"
                );
                assert!(
                    given.is_err(),
                    "{step} failed with {errno:?}, and you return Ok: nothing has changed, and nobody will \
                     know"
                );
                assert!(
                    given == Err(errno),
                    "{step} failed with {errno:?}, and you return {given:?}: hand it on as it is"
                );
            }
        }
    });
}

#[test]
fn stranger_may_not_give_it_away() {
    alone(|room| {
        if !changes_only_that(room) || !are_returned(room) {
            return;
        }
        let queue = queue_with(room, 0o666, 5_000);
        let before = entry(room, queue.id());
        // Where nobody can become somebody else, support says so.
        let given = support::as_stranger(20_122, || support::caught(|| give(queue, 20_122, None)));
        let now = entry(room, queue.id());
        clear(room);
        assert!(
            given.is_none_or(|given| given == Ok(Err(Errno::EPERM))) && now == before,
            "the queue is root's, everybody may use it, and a stranger wants to have it (EPERM): your \
             function fails in another way, or {now:?} is no longer {before:?}"
        );
    });
}

#[test]
fn user_minus_one_is_nobody() {
    alone(|room| {
        if !changes_only_that(room) || !are_returned(room) {
            return;
        }
        let queue = queue_with(room, 0o640, 5_000);
        let before = entry(room, queue.id());
        let given = yours("the user -1", || give(queue, u32::MAX, Some(0o600)));
        let now = entry(room, queue.id());
        clear(room);
        assert!(
            given == Err(Errno::EINVAL) && now == before,
            "user -1 does not exist (EINVAL), and you return {given:?}, or the queue has changed"
        );
    });
}

#[test]
fn queue_that_may_not_be_read_stays_as_it_is_or_is_given() {
    alone(|room| {
        if !changes_only_that(room) {
            return;
        }
        let queue = queue_with(room, 0o200, 5_000);
        let user = nix::unistd::geteuid().as_raw();
        let given = as_ordinary_user(|| support::caught(|| give(queue, user, Some(0o600))));
        let capacity = ch06_cleanup::Status::of(queue).map(|now| now.capacity);
        let mode = entry(room, queue.id()).map(|entry| entry.perms & 0o777);
        clear(room);
        // The owner can learn it in another way, which is worth knowing and not asked for here.
        let left = given == Ok(Err(Errno::EACCES)) && mode == Some(0o200);
        let changed = given == Ok(Ok(())) && mode == Some(0o600) && capacity == Ok(5_000);
        assert!(
            left || changed,
            "the queue does not say what is so now (EACCES), so you cannot know what you write: you return \
             {given:?}, its mode is {:03o} and its capacity {capacity:?}",
            mode.unwrap_or_default()
        );
    });
}
