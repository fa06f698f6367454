//! A queue that vanishes and comes back, and errors that are no reason to begin anew.

use super::*;
use std::cell::Cell;

/// What your start says when the queue vanishes so often, and how often it has made and found one.
#[track_caller]
pub(super) fn vanishing(
    room: &Room,
    times: usize,
    in_your_hands: bool,
) -> (nix::Result<Mailbox>, usize) {
    let place = Busy { vanishes: Cell::new(times), in_your_hands, ..Busy::new(room) };
    if in_your_hands {
        // For a start that looks for it first.
        place.left_behind(&[], CAPACITY);
    }
    let started = place.start();
    place.clear();
    (started, place.made.get().max(place.found.get()))
}

fn often(times: usize) -> String {
    match times {
        1 => "once".to_owned(),
        many => format!("{many} times"),
    }
}

#[test]
fn queue_that_vanishes_is_asked_for_again() {
    alone(|room| {
        if !takes_over(room) {
            return;
        }
        for times in [1, 2, 10, 90] {
            let often = often(times);
            let (started, _) = vanishing(room, times, false);
            assert!(
                started.is_ok(),
                "a queue was there when you wanted to make one, and gone when you looked for it, {often}; you \
                 give up ({started:?}): begin anew"
            );
        }
        for times in [1, 2, 90] {
            let often = often(times);
            let (started, _) = vanishing(room, times, true);
            assert!(
                started.is_ok(),
                "you have found the queue, and it was removed in your hands, {often}; you give up \
                 ({started:?}): begin anew"
            );
        }
    });
}

#[test]
fn queue_that_appears_is_taken_over() {
    alone(|room| {
        if !takes_over(room) {
            return;
        }
        let place = Busy::new(room);
        place.appears.set(true);
        let started = place.start();
        // A start that makes the queue first has never looked.
        let made_first = place.appears.get();
        place.clear();
        assert!(
            made_first || started.as_ref().is_ok_and(|mailbox| mailbox.waiting == 1),
            "there was no queue when you looked, and one when you wanted to make it, with a message in it; you say \
             {started:?}: begin anew"
        );
    });
}

#[test]
fn each_way_to_vanish_is_one() {
    alone(|room| {
        if !takes_over(room) || vanishing(room, 2, false).0.is_err() {
            return;
        }
        for errno in [Errno::ENOENT, Errno::EINVAL, Errno::EIDRM] {
            let place = Busy { hides: Some((1, errno)), ..Busy::new(room) };
            place.left_behind(&["one"], CAPACITY);
            let started = place.start();
            place.clear();
            assert!(
                started.as_ref().is_ok_and(|mailbox| mailbox.waiting < 2),
                "finding the queue has failed with {errno}, which means that it has vanished, and you give up \
                 ({started:?}): begin anew"
            );
        }
    });
}

#[test]
fn attempts_end() {
    alone(|room| {
        if !takes_over(room) || vanishing(room, 90, false).0.is_err() {
            return;
        }
        let (started, attempts) = vanishing(room, usize::MAX, false);
        assert!(
            started == Err(Errno::EEXIST),
            "others make the queue and remove it, again and again, and you say {started:?}"
        );
        // Whether the first attempt counts is nothing to argue about.
        assert!(
            (ATTEMPTS..=ATTEMPTS + 1).contains(&attempts),
            "others make the queue and remove it, again and again, and you have asked {attempts} times, and not \
             {ATTEMPTS}"
        );
    });
}

#[test]
fn other_errors_are_returned_at_once() {
    alone(|room| {
        if !takes_over(room) || vanishing(room, 2, false).0.is_err() {
            return;
        }
        // At the first time, and after the queue has vanished twice.
        for nth in [1, 3] {
            for errno in errnos::but(&errnos::GET, &[Errno::EEXIST, Errno::ENOENT]) {
                let place = Busy {
                    refuses: Some((nth, errno)),
                    vanishes: Cell::new(nth - 1),
                    ..Busy::new(room)
                };
                let started = place.start();
                let made = place.made.get();
                place.clear();
                assert!(
                    made == nth && started == Err(errno),
                    "making a queue has failed with {errno}, and you go on, or say something else: asked for one \
                     {made} times in place of {nth}, you say {started:?}"
                );
            }
            for errno in errnos::but(&errnos::CONTROL, &[Errno::EINVAL, Errno::EIDRM]) {
                let place =
                    Busy { hides: Some((nth, errno)), vanishes: Cell::new(nth), ..Busy::new(room) };
                let started = place.start();
                place.clear();
                let found = place.found.get();
                assert!(
                    found == nth && started == Err(errno),
                    "the queue is there and not for you ({errno}), and you go on, or say something else: asked for it \
                     {found} times in place of {nth}, you say {started:?}. Of what finding can fail with, only ENOENT, \
                     EINVAL and EIDRM mean that the queue has vanished"
                );
            }
        }
    });
}
