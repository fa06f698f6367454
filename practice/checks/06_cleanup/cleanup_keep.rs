use super::*;
use nix::errno::Errno;
use practice::{Room, alone, clear, edges, is_there, key, queue, receive, yours};

#[path = "cleanup_keep/failures.rs"]
mod failures;

#[track_caller]
fn keep_keeps(room: &Room) {
    let queue = queue(room);
    let kept = Guard::new(queue).keep();
    let there = is_there(room, queue.id());
    clear(room);
    assert!(
        there,
        "keep gives the queue back, and it is gone: the guard was dropped at the end of keep, and still felt \
         responsible"
    );
    assert!(kept == queue, "keep gives another queue than the one it was responsible for");
}

#[test]
fn kept_queue_stays() {
    alone(|room| keep_keeps(room));
}

#[test]
fn remove_removes_the_queue() {
    alone(|room| {
        keep_keeps(room);
        let queue = queue(room);
        let said = Guard::new(queue).remove();
        let there = is_there(room, queue.id());
        clear(room);
        assert!(
            !there,
            "the queue is still there after remove, which returns {said:?}: who gives the responsibility up has to \
             do the work"
        );
        assert!(
            said.is_ok(),
            "the queue is gone, and remove returns {said:?}: was it removed twice?"
        );
    });
}

#[test]
fn failed_removal_is_an_error() {
    alone(|room| {
        let queue = queue(room);
        let guard = Guard::new(queue);
        room.remove(queue.id());
        let said = guard.remove();
        clear(room);
        // Another test tells a remove that does nothing.
        let other = practice::queue(room);
        let _ = Guard::new(other).remove();
        let works = !is_there(room, other.id());
        clear(room);
        assert!(
            !works || said.is_err(),
            "somebody else had removed the queue, and your remove returns Ok: nobody learns from dropping whether it worked, so \
             the call has to be made here"
        );
    });
}

#[test]
fn mailbox_with_its_greeting_stays() {
    alone(|room| {
        keep_keeps(room);
        let mut greetings = edges::bytes();
        greetings.insert(0, ("seven letters".to_owned(), b"welcome".to_vec()));
        for (what, greeting) in greetings {
            let key = key(room);
            let queue = match yours(format!("a greeting with {what}"), || found(key, &greeting)) {
                Ok(queue) => queue,
                Err(errno) => panic!("the key is free, and there is no mailbox: {errno}"),
            };
            let entry = practice::entry(room, queue.id());
            let arrived = entry.as_ref().and_then(|_| receive(queue.id()));
            let more = entry.as_ref().and_then(|_| receive(queue.id()));
            clear(room);
            let Some(entry) = entry else {
                panic!(
                    "the mailbox is founded and gone: its guard was dropped at the end of the function"
                );
            };
            assert!(
                entry.key == key.raw() && entry.perms == 0o600,
                "the mailbox must have the key that was asked for and the mode 600, and yours has the key \
                 {} and the mode {:o}",
                entry.key,
                entry.perms
            );
            assert!(
                arrived
                    .is_some_and(|message| message.bytes == greeting && message.message_type == 1)
                    && more.is_none(),
                "a greeting with {what}: whoever finds the mailbox must find that greeting in it, of type \
                 1, and nothing else"
            );
        }
    });
}

#[test]
fn mailbox_without_its_greeting_is_removed() {
    alone(|room| {
        keep_keeps(room);
        let key = key(room);
        let length = usize::try_from(room.limit("msgmax")).expect("a length") + 1;
        let said = found(key, &vec![b'!'; length]);
        let left = room.queues().len();
        clear(room);
        assert!(
            said.is_err(),
            "a greeting of {length} bytes cannot be sent, and your found returns {said:?}"
        );
        assert!(
            left == 0,
            "the greeting could not be sent, and an empty mailbox has stayed behind: you gave the responsibility \
             up too early"
        );
    });
}

#[test]
fn mailbox_of_others_is_left_alone() {
    alone(|room| {
        keep_keeps(room);
        let key = key(room);
        let theirs = Queue::create_new(key, Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue");
        let length = usize::try_from(room.limit("msgmax")).expect("a length") + 1;
        let said = found(key, &vec![b'!'; length]);
        let there = is_there(room, theirs.id());
        clear(room);
        assert!(
            there,
            "a mailbox was there already, and you have removed it: a guard is only for what you have made"
        );
        assert!(
            said == Err(Errno::EEXIST),
            "a mailbox was there already, and your found returns {said:?}"
        );
    });
}
