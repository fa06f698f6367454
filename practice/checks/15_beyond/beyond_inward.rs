use super::*;
use practice::{edges, yours};

#[path = "beyond_inward/both.rs"]
mod both;
#[path = "beyond_inward/errors.rs"]
mod errors;
use both::Both;

#[test]
fn message_is_acknowledged_when_it_is_in() {
    for (what, bytes) in edges::bytes() {
        let both = Both::with(&bytes);
        let arrival = both.ask("a queue with room");
        let steps = both.done();
        assert!(
            !steps.starts_with(&["ack".to_owned()]),
            "you acknowledge a message before it is in the queue: killed between the two, you have lost it, and \
             the stream has forgotten it"
        );
        assert!(
            arrival == Ok(Arrival::Done),
            "the queue has room for a message with {what}, and you return {arrival:?}"
        );
        assert!(
            both.count("ack") > 0,
            "a message is in the queue, and the stream does not know: it comes again and again"
        );
        assert!(
            both.arrived.borrow().len() == 1,
            "you put a message into the queue {} times",
            both.arrived.borrow().len()
        );
        assert!(
            both.arrived.borrow()[0] == bytes,
            "a message with {what} was delivered, and something else is in the queue"
        );
        assert!(
            steps == ["send", "ack"],
            "the queue has room, so all there is to do is to send and to acknowledge; you do {steps:?}"
        );
    }
}

/// Whether it brings in what fits; another test says it if not.
fn brings_in() -> bool {
    practice::failure(message_is_acknowledged_when_it_is_in).is_none()
}

#[test]
fn full_queue_is_waited_for() {
    if !brings_in() {
        return;
    }
    for full in [1, 2, 3, 70, 500] {
        let both = Both { full, ..Both::with(b"hello") };
        let arrival = both.ask("a queue that is full for a while");
        let steps = both.done();
        assert!(
            both.count("term") == 0,
            "the queue was full {full} times, and you give the message up: it would have fitted later"
        );
        assert!(
            arrival == Ok(Arrival::Done),
            "the queue was full {full} times, and has room then, and you return {arrival:?}"
        );
        assert!(
            both.count("wait") > 0,
            "the queue was full {full} times, and you try again at once: that takes a whole processor"
        );
        assert!(
            both.count("progress") > 0,
            "the queue was full {full} times, and the stream hears nothing: it takes you for dead, and delivers \
             the message again"
        );
        assert!(
            both.count("progress") == full && both.count("wait") == full,
            "the queue was full {full} times, and you tell the stream so {} times and wait {} times: both \
             belong to each",
            both.count("progress"),
            both.count("wait")
        );
        let round = ["send", "progress", "wait"];
        let due: Vec<&str> =
            round.into_iter().cycle().take(3 * full).chain(["send", "ack"]).collect();
        assert!(
            steps == due,
            "the queue was full {full} times: first tell the stream, then wait, which takes long, and try \
             again; you do {:?}",
            &steps[..steps.len().min(7)]
        );
    }
}

#[test]
fn message_that_never_fits_is_given_up() {
    if !brings_in() {
        return;
    }
    for (length, longest) in
        [(8_193, 8_192), (5_000, 4_999), (10_000, 4_096), (1, 0), (65_537, 65_536)]
    {
        let both = Both { longest, ..Both::with(&vec![b'x'; length]) };
        let arrival = both.ask("a message that is too long");
        let what = format!("a message has {length} bytes, and the queue takes {longest}");
        assert!(
            both.count("ack") == 0,
            "{what}; you acknowledge it: nobody ever learns that it has not arrived"
        );
        assert!(
            both.count("term") == 1,
            "{what}, which no waiting changes, and you return {arrival:?} without `term`: the stream \
             delivers it again, forever"
        );
        let term = both.steps.borrow().iter().find(|step| step.starts_with("term")).cloned();
        let reason = term.unwrap_or_default();
        assert!(
            [length, longest].into_iter().all(|number| reason.contains(&number.to_string())),
            "{what}; the reason must name both numbers, and yours is {reason:?}"
        );
        assert!(
            arrival == Ok(Arrival::Never),
            "{what}; you return {arrival:?}: the next message may fit, so this is no error"
        );
    }
}

#[test]
fn queue_that_is_gone_is_no_answer() {
    if !brings_in() {
        return;
    }
    for (length, longest) in [
        (5, 8_192),
        (50, 100),
        (4_000, 4_096),
        (10_000, 65_536),
        (0, 8_192),
        (8_192, 8_192),
        (8_191, 8_192),
        (0, 0),
    ] {
        let refused = Some(Errno::EINVAL);
        let both = Both { refused, longest, ..Both::with(&vec![b'x'; length]) };
        let arrival = both.ask("a queue that is gone");
        assert!(
            both.count("term") == 0,
            "a message has {length} bytes and the queue takes {longest}, so EINVAL says that the queue is gone; \
             you give the message up: it would fit the next queue"
        );
        assert!(
            both.count("ack") == 0 && arrival == Err(Errno::EINVAL),
            "a message has {length} bytes and the queue takes {longest}, so EINVAL says that the queue is gone; \
             you return {arrival:?}"
        );
    }
}
