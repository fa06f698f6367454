//! Queues that are exchanged between two calls, and errors at each of them.

use super::*;
use practice::{Call, Moment, between_calls, errnos, queue, yours};
use squatter::*;

/// Another queue with this key, made by a squatter in the moment that `is_it` finds.
#[track_caller]
fn exchanged(
    room: &practice::Room,
    is_it: impl Fn(Moment) -> bool + 'static,
) -> (nix::Result<Queue>, Queue, Option<Queue>) {
    let (key, queue) = found(room);
    let mut act = Some(move || {
        practice::remove(queue.id());
        made(key);
    });
    let hook = move |moment| {
        if is_it(moment) {
            act.take().into_iter().for_each(|act| act());
        }
        None
    };
    let answer = between_calls(hook, || seen(queue, Users([ME; 4]), key, ME));
    let now = Queue::open(key).ok();
    clear(room);
    (answer, queue, now)
}

#[test]
fn checked_queue_is_the_one_that_is_returned() {
    alone(|room| {
        if !trusts_the_creator(room) {
            return;
        }
        let (answer, checked, now) = exchanged(room, |moment| {
            matches!(moment, Moment::After(Call::Control(_, libc::IPC_STAT), Ok(_)))
        });
        assert!(
            answer.is_err() || answer.ok() != now,
            "you have checked queue {}; then it was removed, and a squatter made another with the same key; you \
             return that one, unchecked: ask for the key once",
            checked.id()
        );
        assert!(
            answer.is_err() || answer == Ok(checked),
            "you have checked queue {}, and return {answer:?}",
            checked.id()
        );
        let (answer, ..) =
            exchanged(room, |moment| matches!(moment, Moment::After(Call::Get(..), Ok(_))));
        assert!(
            answer.is_err(),
            "you have found a queue; before you could check it a squatter made another with the same key, and \
             you return {answer:?}"
        );
    });
}

#[test]
fn missing_queue_stays_missing() {
    alone(|room| {
        let key = practice::key(room);
        let answer = yours("a key without a queue", || find(key, Uid::current()));
        let made = room.queues().len();
        clear(room);
        assert!(
            made == 0,
            "there is no queue with this key, and you have made one: you were to find it"
        );
        assert!(
            answer == Err(Errno::ENOENT),
            "there is no queue with this key (ENOENT), and you return {answer:?}"
        );
    });
}

#[test]
fn errors_are_returned_at_each_step() {
    alone(|room| {
        if !trusts_the_creator(room) {
            return;
        }
        let is_get = |call: Call| matches!(call, Call::Get(..));
        let is_control = |call: Call| matches!(call, Call::Control(..));
        // EACCES of msgctl need not be the end: see below.
        let get = errnos::but(&errnos::GET, &[]).map(|errno| ("msgget", errno));
        let control = errnos::but(&errnos::CONTROL, &[Errno::EACCES]);
        for (call, errno) in get.chain(control.map(|errno| ("msgctl", errno))) {
            let (key, queue) = found(room);
            let hook = move |moment| match moment {
                Moment::Before(made)
                    if (if call == "msgget" { is_get(made) } else { is_control(made) }) =>
                {
                    Some(errno)
                }
                _ => None,
            };
            let answer = between_calls(hook, || seen(queue, Users([ME; 4]), key, ME));
            clear(room);
            assert!(
                answer.is_err(),
                "{call} failed with {errno:?}, and you trust the queue ({answer:?}): what cannot be checked is not trusted"
            );
            assert!(
                answer == Err(errno),
                "{call} failed with {errno:?}, and you return {answer:?}: hand it on as it is"
            );
        }
    });
}

#[test]
fn queue_that_may_not_be_read_is_not_trusted_blindly() {
    alone(|room| {
        if !trusts_the_creator(room) {
            return;
        }
        let key = practice::key(room);
        let queue_of_mine = Queue::create_new(key, ch02_create::Mode::empty()).expect("a queue");
        let _other = queue(room);
        let answer =
            practice::as_ordinary_user(|| seen(queue_of_mine, Users([SQUATTER; 4]), key, ME));
        clear(room);
        // Whoever owns it can ask the kernel in another way, which also says who has made it.
        assert!(
            matches!(answer, Err(Errno::EACCES | Errno::EPERM)),
            "the queue does not let you look at it (EACCES), and you return {answer:?}: what cannot be \
             checked is not trusted, and not seen is not made by {ME}"
        );
    });
}
