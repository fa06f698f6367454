use super::*;
use practice::yours;

#[path = "reply_sweep/log.rs"]
mod log;
use log::{Step, ask, both, dead, sweeps};

/// The pair of a dead caller, but for what `change` changes.
fn but(change: impl FnOnce(&mut Sign)) -> Found {
    let mut found = dead(0);
    found.sign.iter_mut().for_each(|sign| sign.creator = found.creator);
    let sign = found.sign.as_mut().expect("it has one");
    change(sign);
    found
}

#[test]
fn everything_else_is_left_alone() {
    let others = [
        (Found { sign: None, ..dead(0) }, "has no set with its key: it may be anybody's"),
        (but(|sign| sign.life = 1), "has a set whose life is 1: its caller lives"),
        (but(|sign| sign.life = 2), "has a set whose life is 2: somebody lives"),
        (but(|sign| sign.life = u16::MAX), "has a set whose life is 65535: somebody lives"),
        (
            but(|sign| sign.marked = false),
            "has a set without the mark: somebody uses semaphores for something else",
        ),
        (
            but(|sign| sign.used = 0),
            "has a set that nobody has used: its caller is just about to raise it",
        ),
        (
            but(|sign| sign.creator = 1001),
            "was made by 1000 and its set by 1001, who may have put it there for you to remove the queue",
        ),
        (
            but(|sign| sign.creator = 0),
            "was made by 1000 and its set by root: no caller makes the one without the other",
        ),
    ];
    for (found, why) in others {
        // Alone, and between two dead callers.
        for all in [vec![found], vec![dead(1), found, dead(2)]] {
            let (swept, steps) = ask(&all, &[]);
            let set = found.sign.map(|sign| Step::Set(sign.set));
            assert!(
                !steps.contains(&Step::Queue(found.queue)),
                "you remove the queue {}, which {why}",
                found.queue
            );
            assert!(
                !set.is_some_and(|set| steps.contains(&set)),
                "you leave the queue {} and remove its set; it {why}",
                found.queue
            );
            let dead = all.len() - 1;
            // If your function does not sweep, another test says it.
            assert!(
                !sweeps() || (steps.len() == 2 * dead && swept == Ok(dead)),
                "one of {} queues {why}; the others are dead callers', and you return {swept:?} after \
                 {steps:?}",
                all.len()
            );
        }
    }
}

#[test]
fn dead_callers_are_swept() {
    for found in
        [vec![], vec![dead(1)], vec![dead(5), dead(0), dead(9)], (0..200).map(dead).collect()]
    {
        let (swept, steps) = ask(&found, &[]);
        let due: Vec<Step> = found.iter().flat_map(|found| both(*found)).collect();
        assert!(
            found.is_empty() || !steps.is_empty(),
            "{} callers are dead, and you remove nothing",
            found.len()
        );
        assert!(
            found.is_empty() || matches!(steps[0], Step::Queue(_)),
            "you remove a set before its queue: if your program is killed between the two, nothing says \
             any more that the queue is a dead caller's, and no sweep will ever remove it"
        );
        assert!(
            steps.iter().any(|step| matches!(step, Step::Set(_))) || found.is_empty(),
            "you remove the queues and leave the sets: of those, too, a system has only so many"
        );
        assert!(
            steps == due,
            "{} callers are dead, and of the {} steps for them you make {}, or others",
            found.len(),
            due.len(),
            steps.len()
        );
        assert!(
            swept == Ok(found.len()),
            "you have removed {} queues, and return {swept:?}",
            found.len()
        );
    }
    // Another user's pair is a pair all the same: whether you may, the kernel says.
    let mut foreign = dead(4);
    foreign.creator = 1001;
    foreign.sign.iter_mut().for_each(|sign| sign.creator = 1001);
    let (swept, steps) = ask(&[foreign], &[]);
    assert!(
        swept == Ok(1) && steps == both(foreign),
        "a queue and its set were both made by 1001, who is dead, and you return {swept:?} after {steps:?}"
    );
}

#[test]
fn what_is_gone_already_is_no_reason_to_stop() {
    if !sweeps() {
        return;
    }
    let found = [dead(1), dead(2), dead(3)];
    let all: Vec<Step> = found.iter().flat_map(|found| both(*found)).collect();
    for errno in [Errno::EINVAL, Errno::EIDRM] {
        for nth in 0..6 {
            let (swept, steps) = ask(&found, &[(all[nth], errno)]);
            let what = if nth % 2 == 0 { "a queue" } else { "a set" };
            assert!(
                swept.is_ok(),
                "somebody else has removed {what} meanwhile ({errno:?}), and you end with {swept:?}: two \
                 sweeps may meet"
            );
            assert!(
                steps == all,
                "somebody else has removed {what} meanwhile ({errno:?}): the rest is still to be done, and you \
                 make {steps:?} of {all:?}"
            );
            let due = if nth % 2 == 0 { 2 } else { 3 };
            assert!(
                swept == Ok(due),
                "somebody else has removed {what} meanwhile ({errno:?}), {due} queues were left to you, and \
                 you return {swept:?}"
            );
        }
    }
}

#[test]
fn what_may_not_be_removed_stays() {
    if !sweeps() {
        return;
    }
    let found = [dead(1), dead(2), dead(3)];
    for errno in [Errno::EPERM, Errno::EACCES] {
        let (swept, steps) = ask(&found, &[(Step::Queue(2), errno)]);
        assert!(
            !steps.contains(&Step::Set(102)),
            "you may not remove a queue ({errno:?}), and remove its set: who may, will never find it"
        );
        assert!(
            swept == Ok(2) && steps.len() == 5,
            "you may not remove the second of three queues ({errno:?}), and return {swept:?} after {steps:?}: \
             somebody else's queue is no reason to leave your own"
        );
        let (swept, steps) = ask(&found, &[(Step::Set(102), errno)]);
        assert!(
            swept == Ok(3) && steps.len() == 6,
            "you may not remove the second of three sets ({errno:?}), and return {swept:?} after {steps:?}"
        );
    }
}

#[test]
fn other_errors_end_it() {
    if !sweeps() {
        return;
    }
    let found = [dead(1), dead(2), dead(3)];
    let all: Vec<Step> = found.iter().flat_map(|found| both(*found)).collect();
    for errno in [Errno::ENOMEM, Errno::EFAULT, Errno::ENOSYS] {
        for (nth, step) in all.iter().enumerate() {
            let (swept, steps) = ask(&found, &[(*step, errno)]);
            assert!(
                swept.is_err(),
                "step {} failed with {errno:?}, and you return {swept:?}: nobody learns that the sweep is \
                 broken",
                nth + 1
            );
            assert!(
                swept == Err(errno),
                "step {} failed with {errno:?}, and you return {swept:?}: hand it on as it is",
                nth + 1
            );
            assert!(
                steps.len() == nth + 1,
                "step {} failed with {errno:?}, and you make {} more: that is the end of it",
                nth + 1,
                steps.len() - nth - 1
            );
        }
    }
}
