//! What a window knows after a kill: without a broker.

use ch02_create::Queue;
use ch05_receive::Receiver;
use ch06_cleanup::set_capacity;
use ch15_beyond::{Resumed, Window, new_epoch};
use support::Room;

use crate::journal::{equal, origin, pid, status};
use crate::new_queue;
use crate::outward::send;

fn resume(window: Window, noted: usize, queue: Queue, last: Option<i32>) -> Resumed {
    let mut status = status(queue);
    status.last_receiver = last.map(pid);
    let mut receiver = Receiver::new(queue);
    window.resume(noted, &origin(queue), &status, &mut receiver).expect("it is ours")
}

#[test]
fn message_in_doubt_is_settled_by_the_last_receiver() {
    support::alone(|room| {
        let (_, queue) = new_queue(room);
        let fill = |count: usize| {
            crate::drain(queue);
            for _ in 0..count {
                send(queue, 1, b"equal");
            }
        };
        // Noted, last receiver, how many are in the queue; how many are left, under which number.
        for (noted, last, queued, left) in [
            (0, None, 3, 3),
            (0, Some(10), 2, 2),
            (1, Some(10), 2, 2),
            (1, Some(20), 1, 1),
            (2, Some(20), 1, 1),
            (2, Some(10), 0, 0),
            // A newcomer, equal to the one that has just been taken.
            (2, Some(10), 1, 0),
            (3, Some(10), 1, 0),
        ] {
            fill(queued);
            let resumed = resume(equal(queue, 3), noted, queue, last);
            if left == 0 {
                assert_eq!(resumed, Resumed::Done, "{noted} {last:?}");
                continue;
            }
            let Resumed::Queued { window, accepted } = resumed else { panic!("{resumed:?}") };
            assert_eq!(window.messages.len(), left, "{noted} {last:?}");
            assert_eq!(window.id(0), format!("0000000000000007-{}", 103 - left));
            assert_eq!(accepted, left < 3);
        }
        crate::drain(queue);
        room.remove(queue.id());
    });
}

/// What cannot be known is published again, and never taken for an old message.
fn is_held(room: &Room, change: impl FnOnce(Queue, &mut Window) -> Option<i32>) {
    let (_, queue) = new_queue(room);
    for _ in 0..3 {
        send(queue, 1, b"equal");
    }
    let mut window = equal(queue, 3);
    let last = change(queue, &mut window);
    let expected = Resumed::Held(window.clone());
    assert_eq!(resume(window, 0, queue, last), expected);
    room.remove(queue.id());
}

#[test]
fn window_is_held_when_somebody_else_has_received() {
    support::alone(|room| is_held(room, |_, _| Some(30)));
}

#[test]
fn window_is_held_when_the_queue_has_other_messages() {
    support::alone(|room| {
        is_held(room, |_, window| {
            window.messages[1].bytes.push(b'!');
            None
        });
    });
}

#[test]
fn window_is_held_when_it_is_of_another_queue_with_the_same_messages() {
    support::alone(|room| {
        is_held(room, |_, window| {
            let (_, other) = new_queue(room);
            window.source.as_mut().expect("it has one").origin = origin(other);
            room.remove(other.id());
            None
        });
    });
}

#[test]
fn window_is_held_when_the_queue_was_changed_at_another_second() {
    support::alone(|room| {
        is_held(room, |queue, window| {
            support::until("the next second", || {
                set_capacity(queue, 1000).expect("it is ours");
                origin(queue) != window.source.as_ref().expect("it has one").origin
            });
            None
        });
    });
}

#[test]
fn ids_of_equal_messages_differ_and_those_of_two_bridges_too() {
    support::alone(|room| {
        let (_, queue) = new_queue(room);
        let mut window = equal(queue, 2);
        assert_ne!(window.id(0), window.id(1));
        let before = window.id(0);
        window.epoch = new_epoch();
        assert_ne!(window.id(0), before);
        assert_ne!(new_epoch(), new_epoch());
        room.remove(queue.id());
    });
}
