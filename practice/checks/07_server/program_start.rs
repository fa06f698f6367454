use super::*;
use busy::Busy;
use ch06_cleanup::Status;
use nix::errno::Errno;
use practice::{Room, alone, errnos};

#[path = "program_start/attempts.rs"]
mod attempts;
#[path = "program_start/busy.rs"]
mod busy;
#[path = "program_start/rights.rs"]
mod rights;
#[path = "program_start/steps.rs"]
mod steps;

#[test]
fn waiting_messages_are_taken_over() {
    alone(|room| {
        let place = Busy::new(room);
        let left = place.left_behind(&["one", "two"], CAPACITY);
        let started = place.start();
        let now = place.key.find();
        let messages = now.and_then(Status::of).map_or(0, |status| status.messages);
        place.clear();
        assert!(
            started != Err(Errno::EEXIST),
            "the last run was killed, and its queue is still there: you give up, and so will every run from now on"
        );
        assert!(
            now == Ok(left),
            "two messages waited in the queue, whose senders believe that all is well, and you have removed it"
        );
        assert!(
            messages == 2,
            "two messages waited in the queue, and you leave {messages} of them there: to print them is the \
             server's task, later"
        );
        assert!(
            started == Ok(Mailbox { queue: left, waiting: 2 }),
            "two messages wait in queue {}, and you say {started:?}",
            left.id()
        );
    });
}

#[test]
fn all_waiting_messages_are_counted() {
    alone(|room| {
        if !takes_over(room) || !counts_one(room) {
            return;
        }
        for (count, capacity) in
            [(0, 0), (0, CAPACITY), (1, CAPACITY), (3, 0), (300, CAPACITY), (300, 0)]
        {
            let place = Busy::new(room);
            let queue = place.left_behind(&[], CAPACITY);
            for number in 0..count {
                let sent = practice::send(queue.id(), 1 + number % 7, b"waiting");
                sent.expect("room for it");
            }
            practice::set_capacity(queue, capacity);
            let started = place.start();
            let left = practice::count(room, queue.id());
            place.clear();
            let waiting = count as usize;
            assert!(
                started == Ok(Mailbox { queue, waiting }),
                "{count} messages of several types waited in a queue of capacity {capacity}, and you say {started:?}"
            );
            assert!(
                left == Some(count as u64),
                "{count} messages waited in the queue, and {left:?} of them are there now: nobody has printed \
                 the others"
            );
        }
    });
}

/// Whether your start takes a queue over at all; another test tells if not.
fn takes_over(room: &Room) -> bool {
    let place = Busy::new(room);
    let left = place.left_behind(&["one"], CAPACITY);
    let started = place.start();
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
            let started = place.start();
            let capacity = started.as_ref().map(|mailbox| Status::of(mailbox.queue));
            let capacity = capacity.ok().and_then(Result::ok).map(|status| status.capacity);
            place.clear();
            capacity
        };
        let shut = capacity_of(0);
        assert!(
            shut != Some(0),
            "the last run was killed with its door shut, and you leave it shut: nobody can send you anything, forever"
        );
        assert!(
            shut.is_none_or(|capacity| capacity == CAPACITY),
            "the door must be opened for {CAPACITY} bytes, and yours is for {shut:?}"
        );
        for open in [1, 5_000, CAPACITY - 1, CAPACITY] {
            assert!(
                capacity_of(open).is_none_or(|capacity| capacity == open),
                "the door was open, for {open} bytes, which somebody had chosen, and you have changed that"
            );
        }
    });
}

#[test]
fn free_key_gets_a_new_queue() {
    alone(|room| {
        let place = Busy::new(room);
        let started = place.start();
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

/// Whether your start counts one message, and leaves it there; another test tells if not.
#[track_caller]
fn counts_one(room: &Room) -> bool {
    let place = Busy::new(room);
    let queue = place.left_behind(&["one"], CAPACITY);
    let started = place.start();
    let left = practice::count(room, queue.id());
    place.clear();
    started == Ok(Mailbox { queue, waiting: 1 }) && left == Some(1)
}
