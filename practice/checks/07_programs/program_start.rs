use super::*;
use busy::Busy;
use ch06_cleanup::Status;
use nix::errno::Errno;
use practice::{Room, alone};
use std::cell::Cell;

#[path = "program_start/busy.rs"]
mod busy;

#[test]
fn waiting_messages_are_taken_over() {
    alone(|room| {
        let place = Busy::new(room);
        let left = place.left_behind(&["one", "two"], CAPACITY);
        let started = start(&place);
        let now = place.key.find();
        let messages = now.and_then(Status::of).map_or(0, |status| status.messages);
        place.clear();
        assert!(
            started != Err(Errno::EEXIST),
            "the last run was killed, and its queue is still there: you give up, and so will every run from now on"
        );
        assert!(
            now == Ok(left),
            "two messages waited in the queue, whose senders were told that all is well, and you have removed it"
        );
        assert!(
            messages == 2,
            "two messages waited in the queue, and you leave {messages} of them there: to print them is the \
             server's task, later"
        );
        assert!(
            started
                == Ok(Mailbox {
                    queue: left,
                    waiting: 2
                }),
            "two messages wait in queue {}, and you say {started:?}",
            left.id()
        );
    });
}

/// Whether your start takes a queue over at all; another test tells if not.
fn takes_over(room: &Room) -> bool {
    let place = Busy::new(room);
    let left = place.left_behind(&["one"], CAPACITY);
    let started = start(&place);
    let kept = place.key.find() == Ok(left);
    place.clear();
    kept && started.is_ok()
}

#[test]
fn shut_door_is_opened() {
    alone(|room| {
        if !takes_over(room) {
            return;
        }
        let place = Busy::new(room);
        let capacity_of = |left: usize| {
            place.left_behind(&[], left);
            let started = start(&place);
            let capacity = started.as_ref().map(|mailbox| Status::of(mailbox.queue));
            let capacity = capacity
                .ok()
                .and_then(Result::ok)
                .map(|status| status.capacity);
            place.clear();
            capacity
        };
        let (shut, narrow) = (capacity_of(0), capacity_of(5_000));
        assert!(
            shut != Some(0),
            "the last run was killed behind a shut door, and you leave it shut: nobody can send you anything, for \
             ever"
        );
        assert!(
            shut.is_none_or(|capacity| capacity == CAPACITY),
            "the door is to be opened for {CAPACITY} bytes, and yours is for {shut:?}"
        );
        assert!(
            narrow.is_none_or(|capacity| capacity == 5_000),
            "the door was open, for 5,000 bytes, which somebody had chosen, and you have changed that"
        );
    });
}

#[test]
fn free_key_gets_a_new_queue() {
    alone(|room| {
        let place = Busy::new(room);
        let started = start(&place);
        let now = place.key.find();
        place.clear();
        match (started, now) {
            (Ok(mailbox), Ok(queue)) => assert!(
                mailbox == Mailbox { queue, waiting: 0 },
                "there was no queue, so you have made one, and you say {mailbox:?}"
            ),
            (started, _) => panic!("there was no queue, and none has been made: {started:?}"),
        }
    });
}

/// What your start says when the queue vanishes so often.
fn vanishing(room: &Room, times: usize, in_your_hands: bool) -> nix::Result<Mailbox> {
    let place = Busy {
        vanishes: Cell::new(times),
        in_your_hands,
        ..Busy::new(room)
    };
    if in_your_hands {
        // For a start that looks for it first.
        place.left_behind(&[], CAPACITY);
    }
    let started = start(&place);
    place.clear();
    started
}

#[test]
fn queue_that_vanishes_is_asked_for_again() {
    alone(|room| {
        if !takes_over(room) {
            return;
        }
        for (times, words) in [(1, "once"), (2, "twice")] {
            let started = vanishing(room, times, false);
            assert!(
                started.is_ok(),
                "a queue was there when you wanted to make one, and gone when you looked for it, {words}; you \
                 give up ({started:?}): begin anew"
            );
        }
        let started = vanishing(room, 1, true);
        assert!(
            started.is_ok(),
            "you have found the queue, and it was removed in your hands; you give up ({started:?}): begin anew"
        );
    });
}

#[test]
fn attempts_end_and_other_errors_are_returned() {
    alone(|room| {
        if !takes_over(room) || vanishing(room, 2, false).is_err() {
            return;
        }
        let started = vanishing(room, usize::MAX, false);
        assert!(
            started == Err(Errno::EEXIST),
            "others make the queue and remove it, again and again, and you say {started:?}"
        );
        let place = Busy {
            refuses: Some(Errno::ENOSPC),
            ..Busy::new(room)
        };
        let started = start(&place);
        let made = place.made.get();
        assert!(
            made == 1 && started == Err(Errno::ENOSPC),
            "the system has no room for another queue (ENOSPC), and you go on: asked for one {made} times, you say \
             {started:?}"
        );
        let place = Busy {
            hides: Some(Errno::EACCES),
            ..Busy::new(room)
        };
        place.left_behind(&[], CAPACITY);
        let started = start(&place);
        place.clear();
        let found = place.found.get();
        assert!(
            found == 1 && started == Err(Errno::EACCES),
            "the queue is there and not for you (EACCES), and you go on: asked for it {found} times, you say \
             {started:?}. Of what finding can fail with, only ENOENT means that the queue has vanished"
        );
    });
}
