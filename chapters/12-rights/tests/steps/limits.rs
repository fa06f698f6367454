//! What the system allows, and what is in use.

use ch04_send::Sender;
use ch12_rights::{Limits, Totals};
use support::as_stranger;

use crate::{ANN, ONE, OURS, new_queue};

#[test]
fn limits_are_those_of_proc_and_everybody_may_ask() {
    support::alone(|room| {
        let read = |name| usize::try_from(room.limit(name)).expect("they are 32 bits");
        let compare = || {
            let limits = Limits::now().expect("everybody may ask");
            let found = [limits.queues, limits.message, limits.capacity];
            assert_eq!(found, ["msgmni", "msgmax", "msgmnb"].map(read));
        };
        compare();
        let _ = as_stranger(ANN, compare);
    });
}

#[test]
fn limits_that_were_changed_are_the_new_ones() {
    support::in_namespace(|room| {
        for (name, value) in [("msgmni", 7), ("msgmax", 1000), ("msgmnb", 2_147_483_647)] {
            room.set_limit(name, value);
        }
        let limits = Limits::now().expect("everybody may ask");
        assert_eq!((limits.queues, limits.message, limits.capacity), (7, 1000, 2_147_483_647));
    });
}

#[test]
fn totals_count_queues_messages_and_bytes_also_of_those_that_are_not_to_be_read() {
    support::in_namespace(|room| {
        let totals = || {
            let totals = Totals::now().expect("everybody may ask");
            (totals.queues, totals.messages, totals.bytes)
        };
        assert_eq!(totals(), (0, 0, 0));
        let queues = [(); 3].map(|()| new_queue(room, OURS));
        for (queue, text) in [(queues[0], "one"), (queues[0], "three"), (queues[2], "")] {
            Sender::new(queue).try_send(ONE, text.as_bytes()).expect("there is room");
        }
        assert_eq!(totals(), (3, 3, 8));
        if let Some(strangers) = as_stranger(ANN, totals) {
            assert_eq!(strangers, (3, 3, 8));
        }
        room.remove(queues[0].id());
        assert_eq!(totals(), (2, 1, 0));
        room.remove(queues[1].id());
        room.remove(queues[2].id());
    });
}
