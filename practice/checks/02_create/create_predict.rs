use super::*;
use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use practice::{Room, alone, check, clear, key};
use std::thread;

fn mode() -> Mode {
    Mode::S_IRUSR | Mode::S_IWUSR
}

/// A queue with this key, made or found.
fn queue(room: &Room, key: Key) -> Queue {
    let queue = Queue::create(key, mode()).expect("a queue");
    room.watch(queue.id());
    queue
}

#[test]
fn question_1_still_there() {
    alone(|room| {
        let key = key(room);
        // A thread of its own in place of a program of its own: to the kernel it is as good.
        thread::scope(|scope| {
            scope.spawn(|| {
                let _gone_with_the_thread = queue(room, key);
            });
        });
        let left = room.queues();
        clear(room);
        let why = "A `Queue` is a name and owns nothing, and an id is not a descriptor that ends with \
                   a program: the queue stays until somebody removes it.";
        check("question 1", STILL_THERE, !left.is_empty(), why);
    });
}

#[test]
fn question_2_same_key() {
    alone(|room| {
        let key = key(room);
        let (one, other) = (queue(room, key), queue(room, key));
        room.remove(one.id());
        let why = "`create` means: make it if it is not there. The second time it is there.";
        check("question 2", SAME_KEY, one == other, why);
    });
}

#[test]
fn question_3_both_private() {
    alone(|room| {
        let [one, other] = [(); 2].map(|()| Queue::private(mode()).expect("a queue"));
        room.watch(one.id());
        room.watch(other.id());
        room.remove(one.id());
        room.remove(other.id());
        let why = "Every call with IPC_PRIVATE makes a new queue, which no key leads to.";
        check("question 3", BOTH_PRIVATE, one == other, why);
    });
}

#[test]
fn question_4_mode_000() {
    alone(|room| {
        let key = key(room);
        let queue = Queue::create_new(key, Mode::empty()).expect("a queue");
        let found = Queue::open(key) == Ok(queue);
        room.remove(queue.id());
        let why = "`open` asks for no access, so none is refused; sending would be.";
        check("question 4", MODE_000, found, why);
    });
}

#[test]
fn question_5_excl_alone() {
    alone(|room| {
        let key = key(room);
        let queue = queue(room, key);
        // SAFETY: msgget takes two numbers and returns one. It touches no memory of ours.
        let id = unsafe { libc::msgget(key.raw(), libc::IPC_EXCL | 0o600) };
        room.remove(queue.id());
        let why = "Without IPC_CREAT the kernel ignores IPC_EXCL, and finds the queue.";
        check("question 5", EXCL_ALONE, id == -1, why);
    });
}

#[test]
fn question_6_same_id() {
    alone(|room| {
        let key = key(room);
        let before = queue(room, key);
        room.remove(before.id());
        let after = queue(room, key);
        room.remove(after.id());
        let why = "The kernel hands ids out in a circle: whoever still holds the old id gets an \
                   error, and not somebody else's queue.";
        check("question 6", SAME_ID, before == after, why);
    });
}
