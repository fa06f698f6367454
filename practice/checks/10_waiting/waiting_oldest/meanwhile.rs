//! Others at work between two calls, and errors at each of them.

use super::*;
use practice::{Call, Moment, errnos};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// Whether a call of msgsnd has just found the queue full.
fn found_full(moment: Moment) -> bool {
    matches!(moment, Moment::After(Call::Send(..), Err(Errno::EAGAIN)))
}

#[test]
fn emptied_queue_is_tried_again() {
    alone(|room| {
        if !begins_well(room) {
            return;
        }
        let queue = queue_with(room, 8, &["20.5", "20.6"]);
        let taken = move |moment| {
            if found_full(moment) {
                while practice::receive(queue.id()).is_some() {}
            }
            None
        };
        let Done { sent, dropped } = ask_between(queue, b"20.7", "others empty the queue", taken);
        let left = contents(queue).len();
        room.remove(queue.id());
        assert!(
            sent == Ok(()) && left == 1,
            "the queue was full, and by your next call others had emptied it: you return {sent:?}, and \
             nothing was sent. Nothing to drop means that there is room now"
        );
        assert!(
            dropped.is_empty(),
            "others have emptied the queue, and you say that you have dropped {dropped:?}"
        );
    });
}

#[test]
fn queue_that_others_fill_is_tried_again() {
    alone(|room| {
        if !begins_well(room) {
            return;
        }
        let before = ["20.1", "20.2"];
        let queue = queue_with(room, 8, &before);
        let mut times = 0;
        let filled = move |moment| {
            if matches!(moment, Moment::After(Call::Receive(..), Ok(_))) && times < 300 {
                times += 1;
                let text = format!("o{times:03}");
                practice::send(queue.id(), 1, text.as_bytes()).expect("room for it");
            }
            None
        };
        let Done { sent, dropped } = ask_between(queue, b"20.7", "others fill the queue", filled);
        let left = contents(queue);
        room.remove(queue.id());
        assert!(
            sent == Ok(()) && left.last().is_some_and(|(_, text)| text == "20.7"),
            "as soon as there was room others have filled it, 300 times, and you return {sent:?}: go on \
             until it is sent"
        );
        assert!(
            dropped.len() == 301 && dropped[..2] == before && dropped[300] == "o299",
            "301 messages were dropped while others went on sending, and you say {}, or in another order",
            dropped.len()
        );
    });
}

#[test]
fn door_that_is_shut_meanwhile_ends_it() {
    alone(|room| {
        if !begins_well(room) {
            return;
        }
        let queue = queue_with(room, 8, &["20.5", "20.6"]);
        let mut looks = 0;
        let shut = move |moment| {
            if found_full(moment) {
                looks += 1;
                if looks == 2 {
                    practice::set_capacity(queue, 0);
                }
            }
            None
        };
        // Two have to go for this one.
        let done = ask_between(queue, b"20.74", "a door that is shut", shut);
        done.ends("a door that somebody has shut meanwhile");
        let Done { sent, dropped } = done;
        let left = contents(queue).len();
        room.remove(queue.id());
        assert!(
            sent == Err(Errno::EMSGSIZE) && dropped == ["20.5"] && left == 1,
            "one message was dropped, then somebody shut the door; you return {sent:?} and say {dropped:?}, \
             and {left} are left of two. Ask how much the queue holds before you drop one more"
        );
    });
}

/// What it is in words, which calls these are, what they can fail with, the number of the one that
/// fails, and how many messages were dropped before it.
type Step = (&'static str, fn(Call) -> bool, &'static [Errno], usize, usize);

#[test]
fn errors_are_returned_at_each_step() {
    alone(|room| {
        if !begins_well(room) {
            return;
        }
        let is_send = |call: Call| matches!(call, Call::Send(..));
        let is_receive = |call: Call| matches!(call, Call::Receive(..));
        let is_control = |call: Call| matches!(call, Call::Control(..));
        let steps: [Step; 5] = [
            ("the first msgsnd", is_send, &errnos::SEND, 1, 0),
            ("the msgsnd after a drop", is_send, &errnos::SEND, 2, 1),
            ("the first msgrcv", is_receive, &errnos::RECEIVE, 1, 0),
            ("the second msgrcv", is_receive, &errnos::RECEIVE, 2, 1),
            ("msgctl", is_control, &errnos::CONTROL, 1, 0),
        ];
        for (step, is_it, errnos, nth, gone) in steps {
            let meant = [Errno::EAGAIN, Errno::ENOMSG, Errno::E2BIG];
            for errno in errnos::but(errnos, &meant) {
                let queue = queue_with(room, 8, &["20.5", "20.6"]);
                let count = Arc::new(AtomicUsize::new(0));
                let counted = Arc::clone(&count);
                let fails = move |moment| match moment {
                    Moment::Before(call) if is_it(call) => {
                        (counted.fetch_add(1, SeqCst) + 1 == nth).then_some(errno)
                    }
                    _ => None,
                };
                let Done { sent, dropped } = ask_between(queue, b"20.74", step, fails);
                let left = contents(queue).len();
                room.remove(queue.id());
                // Other tests say that a step is missing.
                if count.load(SeqCst) < nth {
                    continue;
                }
                assert!(
                    sent == Err(errno),
                    "{step} failed with {errno:?}, and you return {sent:?}: only EAGAIN of msgsnd means full, \
                     only ENOMSG of msgrcv means empty"
                );
                assert!(
                    dropped == ["20.5", "20.6"][..gone] && left == 2 - gone,
                    "{step} failed with {errno:?}, after {gone} had been dropped; you say {dropped:?}, and \
                     {left} are left of two. What was dropped is in `dropped`, error or not"
                );
            }
        }
    });
}
