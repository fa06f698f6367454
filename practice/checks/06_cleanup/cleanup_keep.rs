use super::*;
use nix::errno::Errno;
use practice::{Room, alone, clear, is_there, key, queue, receive};

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
    assert!(
        kept == queue,
        "keep gives another queue than the one it was responsible for"
    );
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
            "the queue is still there after remove, which says {said:?}: who gives the responsibility up has to \
             do the work"
        );
        assert!(
            said.is_ok(),
            "the queue is gone, and remove says {said:?}: was it removed twice?"
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
            "somebody else had removed the queue, and your remove says that it worked: dropping tells nobody, so \
             the call has to be made here"
        );
    });
}

#[test]
fn mailbox_with_its_greeting_stays() {
    alone(|room| {
        keep_keeps(room);
        let key = key(room);
        let queue = match found(key, b"welcome") {
            Ok(queue) => queue,
            Err(errno) => panic!("the key is free, and there is no mailbox: {errno}"),
        };
        assert!(
            is_there(room, queue.id()),
            "the mailbox is founded and gone: its guard was dropped at the end of the function"
        );
        let greeting = receive(queue.id());
        clear(room);
        assert!(
            greeting.is_some_and(|message| message.bytes == b"welcome"),
            "whoever finds the mailbox does not find the greeting in it"
        );
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
            "a greeting of {length} bytes cannot be sent, and your found says {said:?}"
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
            "a mailbox was there already, and your found says {said:?}"
        );
    });
}
