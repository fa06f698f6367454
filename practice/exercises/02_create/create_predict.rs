// Predict, then check: what becomes of a queue, and who finds it?
//
// Write Some(true) or Some(false), all six, before you run the tests; they do what is described and tell you what
// happened.

/// Question 1: A program makes a queue, its `Queue` goes out of scope, and the program ends. Is the queue still there?
// TODO: write Some(true) or Some(false) in place of each None.
const STILL_THERE: Option<bool> = None;

/// Question 2: Two programs call `Queue::create` with one key. Do they get the same id?
const SAME_KEY: Option<bool> = None;

/// Question 3: Two programs call `Queue::private`. Do they get the same id?
const BOTH_PRIVATE: Option<bool> = None;

/// Question 4: You have made a queue of mode 000. Does `Queue::open` find it?
const MODE_000: Option<bool> = None;

/// Question 5: There is a queue. Somebody calls msgget with its key and IPC_EXCL, without IPC_CREAT. Does that fail?
const EXCL_ALONE: Option<bool> = None;

/// Question 6: A queue is removed and made again at once, with the same key. Has it the same id as before?
const SAME_ID: Option<bool> = None;

fn main() {
    let answers = [
        STILL_THERE,
        SAME_KEY,
        BOTH_PRIVATE,
        MODE_000,
        EXCL_ALONE,
        SAME_ID,
    ];
    let given = answers.iter().flatten().count();
    println!("{given} of {} predictions made", answers.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use ch01_key_setup::Key;
    use ch02_create::{Mode, Queue};
    use practice::{Room, alone, check};
    use std::thread;

    fn mode() -> Mode {
        Mode::S_IRUSR | Mode::S_IWUSR
    }

    fn key(room: &Room) -> Key {
        Key::new(room.key()).expect("a room's key is not 0")
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
            left.iter().for_each(|queue| room.remove(queue.msqid));
            let why = "A `Queue` is a name and owns nothing, and an id is no descriptor that ends with \
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
}
