use super::*;
use practice::servers::{
    Chatty, Cuts, Hasty, Invents, LosesLast, Mute, NewestFirst, Obliging, OpenDoor, Patient,
    SameText, Shouts, Slow, Stammers, Twice, Untidy, clear, namespace, started,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use support::{Room, alone_within};

/// More than all the runs of your test may take together.
const LONG: Duration = Duration::from_secs(120);

/// What your test fails with, if it fails.
#[track_caller]
fn your_test<S: Server>(room: &Room) -> Option<String> {
    // Once is enough: it costs the whole time of a test.
    static ASLEEP: AtomicBool = AtomicBool::new(false);
    let asleep = || ASLEEP.load(Ordering::Relaxed);
    let failed = (!asleep()).then(|| failure(test::<S>)).flatten();
    for queue in room.queues() {
        room.remove(queue.msqid);
    }
    clear();
    if failed.as_ref().is_some_and(|said| said.contains("asleep in msgsnd")) {
        ASLEEP.store(true, Ordering::Relaxed);
    }
    assert!(
        !asleep(),
        "your test sleeps in a message call, and nobody wakes it: at a shut door `send` waits forever, and the \
         server works only while you look. `try_send` does not wait"
    );
    failed
}

#[track_caller]
fn passes<S: Server>(room: &Room, which: &str) {
    if let Some(said) = your_test::<S>(room) {
        panic!("your test fails with a right server{which}. It says: {said}");
    }
}

#[track_caller]
fn fails<S: Server>(room: &Room, although: &str) {
    assert!(your_test::<S>(room).is_some(), "your test passes although this server {although}");
}

#[test]
fn right_servers_pass() {
    alone_within(LONG, |room| {
        passes::<Right>(room, "");
        passes::<Slow>(
            room,
            " that takes its time: do you sleep for a while and hope? `until` waits as long as it takes, and no longer",
        );
        passes::<Chatty>(
            room,
            " that prints other lines as well: what is not promised cannot be demanded",
        );
        passes::<Obliging>(
            room,
            " that accepts a message after it was asked to stop, and prints it: nobody has promised that it is \
             refused",
        );
        passes::<Patient>(
            room,
            " that takes longer than others, and needs many looks: has your waiting a limit of its own? `until` has none \
             but the test's",
        );
    });
}

#[test]
fn wrong_servers_fail() {
    alone_within(LONG, |room| {
        fails::<Mute>(
            room,
            "prints nothing at all: is there anything at which your test can fail?",
        );
        fails::<Twice>(room, "prints each message twice: what it must print is known, all of it");
        fails::<Shouts>(
            room,
            "prints each text in capital letters: do you compare the texts, or count the lines?",
        );
        fails::<Cuts>(
            room,
            "prints each text without its last letter: do you compare the whole line?",
        );
        fails::<SameText>(
            room,
            "prints the first text again for each other message: do your texts differ, and do you compare them?",
        );
        fails::<NewestFirst>(
            room,
            "prints the newest message first: the order is a promise, and it takes two messages to see it",
        );
        fails::<Hasty>(
            room,
            "loses what is queued when it is asked to stop: is anything in the queue at that moment?",
        );
        fails::<OpenDoor>(
            room,
            "accepts a message after it was asked to stop, and loses it: does anybody send at that moment?",
        );
        fails::<LosesLast>(
            room,
            "loses the last of the messages that wait when it is asked to stop: do you look for all of them?",
        );
        fails::<Invents>(
            room,
            "prints a message that nobody has sent: do you look for what is too much?",
        );
        fails::<Stammers>(
            room,
            "prints the last message once more when it ends: each is printed once, and no more may follow",
        );
        fails::<Untidy>(
            room,
            "leaves its queue behind: whoever tidies up after it does not notice",
        );
    });
}

#[test]
fn one_test_does_not_disturb_another() {
    alone_within(LONG, |room| {
        let before = room.key();
        // What it fails with is told by the other tests.
        let _ = (your_test::<Right>(room), your_test::<Right>(room));
        let rooms_keys = 1..room.key().wrapping_sub(before);
        let started = started();
        assert!(started.len() >= 2, "your test starts no server: S::start(key) does");
        assert!(
            started[0].0 != started[1].0,
            "your test uses the key {} each time: where there is no namespace for each, two tests with one key are \
             two tests with one queue",
            started[0].0
        );
        let alone = |place: u64| !room.is_namespace() || place != namespace();
        let from_a_room = |key: Key| rooms_keys.contains(&key.raw().wrapping_sub(before));
        assert!(
            started.iter().all(|(key, place)| alone(*place) && from_a_room(*key)),
            "your test is not alone, or its key is not from its room: it may meet the queues of others, and nobody \
             sees what it leaves behind"
        );
    });
}
