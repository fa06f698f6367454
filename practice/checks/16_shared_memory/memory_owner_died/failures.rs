//! Numbers that are errors, and panics.

use super::*;

const ERRORS: [Errno; 6] = [
    Errno::ENOTRECOVERABLE,
    Errno::EINVAL,
    Errno::EDEADLK,
    Errno::EAGAIN,
    Errno::EPERM,
    Errno::ETIMEDOUT,
];

#[test]
fn mutex_that_is_not_yours_is_left_alone() {
    if !works() {
        return;
    }
    for errno in ERRORS {
        let ended = ask(Plan { lock: errno as i32, ..Plan::default() }, "an error of `lock`");
        assert!(
            ended.count("work") + ended.count("repair") + ended.count("consistent") == 0,
            "`lock` returned {errno:?}, so the mutex is not yours, and you do {:?}",
            ended.steps
        );
        assert!(
            ended.count("unlock") == 0,
            "`lock` returned {errno:?}, so the mutex is not yours, and you unlock it: it is somebody else's"
        );
        assert!(
            ended.returned == Some(Err(errno)) && ended.steps == ["lock"],
            "`lock` returned {errno:?}, and you return {} after {:?}",
            ended.said(),
            ended.steps
        );
    }
}

#[test]
fn failed_consistent_ends_it() {
    if !works() {
        return;
    }
    for errno in ERRORS {
        let plan = Plan { lock: DEAD, consistent: errno as i32, ..Plan::default() };
        let ended = ask(plan, "an error of `consistent`");
        // Another test has words for a function that never comes so far.
        if ended.position("consistent") != Some(2) {
            return;
        }
        assert!(
            ended.count("work") == 0,
            "`consistent` failed with {errno:?}, and you work all the same: nobody after you can"
        );
        assert!(
            ended.steps.ends_with(&["unlock"]) && ended.count("unlock") == 1,
            "`consistent` failed with {errno:?}, and the mutex is still yours: unlock it, once; you do {:?}",
            ended.steps
        );
        assert!(
            ended.returned == Some(Err(errno)),
            "`consistent` failed with {errno:?}, and you return {}",
            ended.said()
        );
    }
}

#[test]
fn failed_unlock_is_returned() {
    if !works() {
        return;
    }
    for (lock, errno) in ERRORS.into_iter().flat_map(|errno| [(0, errno), (DEAD, errno)]) {
        let ended =
            ask(Plan { lock, unlock: errno as i32, ..Plan::default() }, "an error of `unlock`");
        // Another test has words for a function that does not work then.
        if ended.count("work") == 0 {
            continue;
        }
        assert!(
            ended.count("unlock") == 1,
            "`unlock` failed with {errno:?}, and you call it {} times",
            ended.count("unlock")
        );
        assert!(
            ended.returned == Some(Err(errno)),
            "`unlock` failed with {errno:?}, and you return {}: then the mutex was never yours, or is still \
             locked",
            ended.said()
        );
    }
}

#[test]
fn panic_unlocks() {
    if !works() {
        return;
    }
    for lock in [0, DEAD] {
        let ended = ask(Plan { lock, work_panics: true, ..Plan::default() }, "work that panics");
        // Another test has words for a function that does not work then.
        if ended.count("work") == 0 {
            continue;
        }
        assert!(
            ended.count("unlock") > 0,
            "`work` panics, and the mutex stays locked: this process goes on, so nobody ever sees a dead owner"
        );
        assert!(
            ended.count("unlock") == 1 && ended.returned.is_none(),
            "`work` panics, which is to go on after the mutex is unlocked, once; you do {:?} and return {}",
            ended.steps,
            ended.said()
        );
    }
    let ended =
        ask(Plan { lock: DEAD, repair_panics: true, ..Plan::default() }, "a repair that panics");
    if ended.count("repair") == 0 {
        return;
    }
    assert!(
        ended.count("consistent") == 0,
        "`repair` panics, and you call `consistent` all the same: what is broken looks whole"
    );
    assert!(
        ended.count("unlock") == 1 && ended.count("work") == 0,
        "`repair` panics, so nothing is left to do but to unlock; you do {:?}",
        ended.steps
    );
}
