use super::*;
use nix::errno::Errno;
use practice::yours;

#[path = "beyond_order/mortal.rs"]
mod mortal;
use mortal::{End, Mortal};

#[test]
fn message_is_taken_last() {
    let mut bridge = Mortal::with(&["hello", "world"]);
    let carried = bridge.ask("two messages");
    let at = |name| bridge.steps.iter().position(|step| *step == name);
    let (take, publish, write) = (at("take"), at("publish"), at("write"));
    assert!(
        take.is_none() || publish.is_some_and(|publish| Some(publish) < take),
        "you take a message out before the stream has acknowledged it: killed between the two, you have it \
             in your hand alone, and it is lost"
    );
    assert!(
        take.is_none() || write.is_some_and(|write| Some(write) < take),
        "you take a message out before its number is in the journal: killed between the two, you give the \
             number to the next one as well, and the stream drops that"
    );
    assert!(
        carried == Ok(true),
        "a message was in the queue, and nothing has failed, and you return {carried:?}"
    );
}

#[test]
fn quiet_bridge_carries_all() {
    for messages in [&["one", "two", "three"][..], &["same", "same", "same"], &["", "one", ""], &[]]
    {
        let mut bridge = Mortal::with(messages);
        for (number, text) in (1..).zip(messages) {
            let left = bridge.relay.queue.len();
            bridge.published.clear();
            let carried = bridge.ask("a message");
            assert!(
                !text.is_empty() || carried != Ok(false),
                "a message without bytes is one, too, and you return false: all that comes after it stays"
            );
            let again = bridge.published.iter().find(|entry| number > 1 && entry.number < number);
            if let (Some(entry), false) = (again, messages[0] == messages[1]) {
                assert!(
                    entry.bytes != messages[0].as_bytes(),
                    "the message {:?} was in the stream and taken out, and you publish it again in place of the \
                     next one, {text:?}, which you take",
                    messages[0]
                );
                panic!(
                    "{text:?} is another message, and you give it the number {}, which was given: the stream \
                     drops it as a repetition",
                    entry.number
                );
            }
            let taken = left - bridge.relay.queue.len();
            assert!(
                taken == 1,
                "you carry one message at each call, and this one has taken {taken} out of the queue"
            );
            let due = Numbered { number, bytes: text.as_bytes().to_vec() };
            assert!(
                bridge.published.contains(&due),
                "message {number} of {messages:?} must be published under the number {number}, and you \
                 publish {:?}",
                bridge.published
            );
        }
        let carried = bridge.ask("an empty queue");
        assert!(carried == Ok(false), "the queue is empty, and you return {carried:?}");
        assert!(
            bridge.stored() == messages,
            "the queue held {messages:?}, and the stream has {:?}",
            bridge.stored()
        );
    }
}

/// Whether it carries all as long as nothing happens; other tests say it if not.
fn is_right_so_far() -> bool {
    let quiet = [message_is_taken_last, quiet_bridge_carries_all];
    quiet.into_iter().all(|test| practice::failure(test).is_none())
}

/// How many steps three messages take, and a few more.
const STEPS: usize = 20;

#[test]
fn killed_bridge_loses_nothing() {
    if !is_right_so_far() {
        return;
    }
    for messages in [&["one", "two", "three"], &["same", "same", "same"], &["", "one", ""]] {
        // Killed once, and killed a second time after it has begun again.
        for (first, second) in
            (1..=STEPS).flat_map(|first| (0..=6).map(move |second| (first, second)))
        {
            for after in [false, true] {
                let mut bridge = Mortal::with(messages);
                bridge.end = Some((first, End::Killed { after }));
                bridge.drain("a bridge that is killed");
                let step = bridge.steps.last().copied().unwrap_or_default();
                let when = if after { "after" } else { "before" };
                bridge.dead = false;
                bridge.end =
                    (second > 0).then_some((bridge.steps.len() + second, End::Killed { after }));
                bridge.drain("a bridge after one that was killed");
                bridge.dead = false;
                bridge.end = None;
                let drained = bridge.drain("a bridge after one that was killed");
                assert!(
                    drained,
                    "a bridge was killed {when} `{step}`, and the next one comes to no end: {:?} is still in \
                     the queue",
                    bridge.relay.queue.len()
                );
                let stored = bridge.stored();
                assert!(
                    stored.len() >= messages.len(),
                    "a bridge was killed {when} `{step}`; {messages:?} were in the queue, which is empty now, \
                     and the stream has {stored:?}: one is lost"
                );
                assert!(
                    stored == messages,
                    "a bridge was killed {when} `{step}`; {messages:?} were in the queue, and the stream has \
                     {stored:?}: what is repeated keeps its number, or it is there twice"
                );
            }
        }
    }
}

#[test]
fn errors_end_it() {
    if !is_right_so_far() {
        return;
    }
    for errno in [Errno::EIO, Errno::EAGAIN, Errno::ENOSPC, Errno::EINTR] {
        for nth in 1..=STEPS {
            let mut bridge = Mortal::with(&["one", "two", "three"]);
            bridge.end = Some((nth, End::Fails(errno)));
            let failed = (0..4).find_map(|_| {
                let returned = bridge.ask("a step that fails");
                (bridge.steps.len() >= nth).then_some(returned)
            });
            // It has fewer steps.
            let Some(returned) = failed else {
                break;
            };
            let step = bridge.steps[nth - 1];
            let more = &bridge.steps[nth..];
            assert!(
                more.is_empty(),
                "`{step}` failed with {errno:?}, and you go on with {more:?}: nobody knows what it has done"
            );
            assert!(
                returned.is_err(),
                "`{step}` failed with {errno:?}, and you answer {returned:?}: that is not what has happened"
            );
            assert!(
                returned == Err(errno),
                "`{step}` failed with {errno:?}, and you return {returned:?}: hand it on as it is"
            );
        }
    }
}
