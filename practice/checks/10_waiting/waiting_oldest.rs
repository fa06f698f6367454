use super::*;
use ch02_create::Mode;
use nix::errno::Errno;
use practice::{Room, alone, as_ordinary_user, edges, send, set_capacity};
use std::ffi::c_long;

#[path = "waiting_oldest/ask.rs"]
mod ask;
use ask::{Done, ask, ask_between, begins_well};
#[path = "waiting_oldest/meanwhile.rs"]
mod meanwhile;

/// A queue with this capacity, and these messages in it, each of another type.
fn queue_with(room: &Room, capacity: usize, texts: &[&str]) -> Queue {
    let queue = practice::queue(room);
    set_capacity(queue, capacity);
    for (text, message_type) in texts.iter().zip([5, 3, 1, 9].into_iter().cycle()) {
        send(queue.id(), message_type, text.as_bytes()).expect("room for it");
    }
    queue
}

/// What is in the queue, as texts with their types.
fn contents(queue: Queue) -> Vec<(c_long, String)> {
    let messages = std::iter::from_fn(|| practice::receive(queue.id()));
    let shown = messages.map(|message| {
        (message.message_type, String::from_utf8_lossy(&message.bytes).into_owned())
    });
    shown.collect()
}

#[test]
fn message_that_fits_drops_nothing() {
    alone(|room| {
        for (what, bytes) in edges::bytes() {
            let queue = queue_with(room, 16_384, &["20.5"]);
            let Done { sent, dropped } = ask(queue, &bytes, &format!("a message with {what}"));
            let first = practice::receive(queue.id());
            let second = practice::receive(queue.id());
            room.remove(queue.id());
            assert!(
                sent == Ok(()),
                "there was room for a message with {what}, and you return {sent:?}"
            );
            assert!(
                dropped.is_empty() && first.is_some_and(|message| message.bytes == b"20.5"),
                "there was room, and you have dropped a message all the same: try to send first"
            );
            assert!(
                second.is_some_and(|message| message.message_type == 1 && message.bytes == bytes),
                "a message with {what} was to be sent, as it is and with the type 1, and is not in the queue"
            );
        }
    });
}

/// A capacity, what is in the queue, what is sent, and how many of the oldest have to go for that.
const FULL: [(usize, &[&str], &str, usize); 7] = [
    (8, &["20.5", "20.6"], "20.7", 1),
    (8, &["20.5", "20.6"], "x", 1),
    (8, &["20.5", "20.6"], "20.74", 2),
    (8, &["20.5", "20.6"], "12345678", 2),
    (4, &["a", "b", "c", "d"], "xyz", 3),
    (3, &["", "", ""], "", 1),
    (3, &["", "b", ""], "yyy", 2),
];

#[test]
fn oldest_messages_make_room() {
    alone(|room| {
        for (capacity, before, text, due) in FULL {
            let queue = queue_with(room, capacity, before);
            let Done { sent, dropped } = ask(queue, text.as_bytes(), "a full queue");
            let left = contents(queue);
            room.remove(queue.id());
            let case = format!("{before:?} filled the queue, and {text:?} was to be sent");
            assert!(
                sent != Err(Errno::EAGAIN) || dropped.len() >= due,
                "{case}: the oldest must go, until it fits, and you give up after {} with EAGAIN",
                dropped.len()
            );
            assert!(sent == Ok(()), "{case}, and it was not: you return {sent:?}");
            assert!(
                left.iter().any(|(_, left)| left == text),
                "{case}: you return Ok, and it is not in the queue. The newest counts here: the oldest is \
                 what may be dropped"
            );
            let (_, newest) = left.last().expect("it was sent").clone();
            assert!(
                newest == text && left.last().map(|(message_type, _)| *message_type) == Some(1),
                "{case}, with the type 1, and the last in the queue is {:?} now",
                left.last()
            );
            let gone = before.len() + 1 - left.len();
            assert!(
                gone == due,
                "{case}: {due} had to be dropped for that, and you have dropped {gone}"
            );
            let stay: Vec<&str> = left[..left.len() - 1].iter().map(|(_, text)| &**text).collect();
            assert!(
                stay == before[due..],
                "{case}: the oldest must go, and {stay:?} are left of them"
            );
            assert!(
                dropped == before[..due],
                "{case}: {:?} were dropped for that, and you say {dropped:?}: whoever sends has to know \
                 each, the oldest first",
                &before[..due]
            );
        }
    });
}

#[test]
fn message_that_never_fits_drops_nothing() {
    alone(|room| {
        if !begins_well(room) {
            return;
        }
        for (capacity, before, length) in
            [(8, &["20.5", "20.6"][..], 9), (1, &[""], 2), (8, &[], 9)]
        {
            let queue = queue_with(room, capacity, before);
            let Done { sent, dropped } =
                ask_between(queue, &vec![b'x'; length], "a message that never fits", |_| None);
            let left = contents(queue).len();
            room.remove(queue.id());
            assert!(
                dropped.is_empty() && left == before.len(),
                "{length} bytes never fit into a queue for {capacity}, and you have dropped what was in it, \
                 for nothing"
            );
            assert!(
                sent == Err(Errno::EMSGSIZE),
                "{length} bytes never fit into a queue for {capacity}, which is EMSGSIZE, and you return \
                 {sent:?}"
            );
        }
        // A door that is shut, with messages behind it and without.
        for (before, text) in [(&["20.5"][..], "20.6"), (&["20.5"], ""), (&[], "")] {
            let queue = queue_with(room, 16_384, before);
            set_capacity(queue, 0);
            let Done { sent, dropped } =
                ask_between(queue, text.as_bytes(), "a door that is shut", |_| None);
            let left = contents(queue).len();
            room.remove(queue.id());
            assert!(
                dropped.is_empty() && left == before.len(),
                "the door is shut, and you have dropped what was in the queue: no room that you make lets \
                 {text:?} in"
            );
            assert!(
                sent == Err(Errno::EMSGSIZE),
                "the door is shut (capacity 0), so {text:?} does not fit, and you return {sent:?}"
            );
        }
        // Longer than msgmax: another error, and it says so at once.
        let limit = usize::try_from(room.limit("msgmax")).expect("a size");
        let queue = queue_with(room, 8, &["20.5", "20.6"]);
        let Done { sent, dropped } = ask(queue, &vec![b'x'; limit + 1], "a message above msgmax");
        room.remove(queue.id());
        assert!(
            matches!(sent, Err(Errno::EINVAL | Errno::EMSGSIZE)) && dropped.is_empty(),
            "a message was longer than msgmax, and you return {sent:?} and have dropped {dropped:?}"
        );
    });
}

#[test]
fn queue_that_may_only_be_written_is_written() {
    alone(|room| {
        if !begins_well(room) {
            return;
        }
        let queue = Queue::private(Mode::S_IWUSR).expect("a queue");
        room.watch(queue.id());
        set_capacity(queue, 8);
        let ask = |text: &'static str| {
            let done = as_ordinary_user(|| ask(queue, text.as_bytes(), "a queue of mode 0200"));
            (done.sent, done.dropped.len())
        };
        let asked = [ask("20.5"), ask("20.6"), ask("20.7")];
        let left = practice::count(room, queue.id());
        room.remove(queue.id());
        assert!(
            asked[..2].iter().all(|asked| *asked == (Ok(()), 0)),
            "you may write and not read, there was room, and you return {:?}: the right to read is needed \
             only where something has to go",
            asked[..2].iter().map(|(sent, _)| sent).collect::<Vec<_>>()
        );
        assert!(
            asked[2] == (Err(Errno::EACCES), 0) && left == Some(2),
            "the queue is full, and you may not take anything out (EACCES): you return {:?}",
            asked[2].0
        );
    });
}
