//! Errors: of the queue, of the stream, and of the waiting.

use super::*;

const ERRNOS: [Errno; 5] = [Errno::EACCES, Errno::EIDRM, Errno::EINTR, Errno::ENOMEM, Errno::EPIPE];

#[test]
fn error_of_the_queue_is_no_answer() {
    if !brings_in() {
        return;
    }
    for errno in ERRNOS {
        let both = Both { refused: Some(errno), ..Both::with(b"hello") };
        let arrival = both.ask("an error of msgsnd");
        assert!(
            both.count("send") == 1,
            "msgsnd failed with {errno:?}, and you try again {} times: only EAGAIN is a reason to",
            both.count("send").saturating_sub(1)
        );
        assert!(
            both.count("ack") + both.count("term") == 0,
            "msgsnd failed with {errno:?}, and you answer the stream: it forgets a message that is \
             nowhere else"
        );
        assert!(arrival == Err(errno), "msgsnd failed with {errno:?}, and you return {arrival:?}");
    }
}

#[test]
fn error_of_another_step_ends_it() {
    if !brings_in() {
        return;
    }
    let long = vec![b'x'; 9_000];
    for errno in ERRNOS.into_iter().chain([Errno::EAGAIN, Errno::EINVAL]) {
        for (step, nth) in [
            ("ack", 1),
            ("progress", 1),
            ("wait", 1),
            ("progress", 2),
            ("wait", 3),
            ("longest", 1),
            ("term", 1),
        ] {
            let bytes = if ["longest", "term"].contains(&step) { &long[..] } else { b"hello" };
            let both = Both { full: 3, fails: Some((step, nth, errno)), ..Both::with(bytes) };
            let arrival = both.ask("an error of another step");
            // Another test has words for a function that does not come so far.
            if both.count(step) < nth {
                continue;
            }
            let last = both.steps.borrow().last().cloned().unwrap_or_default();
            assert!(
                both.arrived.borrow().len() < 2,
                "`{step}` failed with {errno:?}, and you put the message into the queue once more"
            );
            assert!(
                last.starts_with(step) && both.count(step) == nth,
                "`{step}` failed with {errno:?}, and you go on, with `{last}` at the end"
            );
            assert!(
                arrival == Err(errno),
                "`{step}` failed with {errno:?}, and you return {arrival:?}: the stream has not heard you, or \
                 you it"
            );
        }
    }
}
