use super::*;
use nix::errno::Errno;
use practice::{Room, alone, in_namespace, until};
use std::panic::catch_unwind;

fn mode() -> Mode {
    Mode::S_IRUSR | Mode::S_IWUSR
}

/// A queue of somebody else's.
fn take(room: &Room, number: i32) -> Queue {
    let key = Key::new(number).expect("not 0");
    let queue = Queue::create_new(key, mode()).expect("a key that is free");
    room.watch(queue.id());
    queue
}

/// A number whose next ones are free too.
fn far_away(room: &Room) -> i32 {
    room.key() ^ 0x4000_0000
}

#[track_caller]
fn ask(room: &Room, number: i32) -> (Key, Queue) {
    let start = Key::new(number).expect("not 0");
    match first_free(start, mode()) {
        Ok((key, queue)) => {
            room.watch(queue.id());
            (key, queue)
        }
        Err(Errno::EEXIST) => panic!(
            "the first key is taken, and you give up (EEXIST): that is the one error after which \
             the next number is tried"
        ),
        Err(errno) => panic!("there is a free key, and you say {errno}"),
    }
}

#[test]
fn free_key_is_used() {
    alone(|room| {
        let number = far_away(room);
        let (key, queue) = ask(room, number);
        let queues = room.queues();
        let entry = queues.iter().find(|entry| entry.msqid == queue.id());
        let entry = entry.expect("the kernel lists it");
        assert_eq!(
            (entry.key, key.raw()),
            (number, number),
            "the key you were given was free: use it"
        );
        let perms = entry.perms;
        assert!(
            perms == 0o600,
            "the mode is {perms:o}, and 600 was asked for"
        );
        room.remove(queue.id());
    });
}

#[test]
fn taken_keys_are_passed_over() {
    alone(|room| {
        let number = far_away(room);
        let taken = [take(room, number), take(room, number + 1)];
        let (key, queue) = ask(room, number);
        assert!(
            !taken.contains(&queue),
            "you share the queue that somebody else has made: `create` opens what is there"
        );
        let queues = room.queues();
        let entry = queues.iter().find(|entry| entry.msqid == queue.id());
        let real = entry.expect("the kernel lists it").key;
        assert_eq!(
            key.raw(),
            real,
            "your queue has another key than the one you return: the other side will look in vain"
        );
        assert_eq!(
            real,
            number + 2,
            "the first two keys are taken, the third is free"
        );
        for queue in [taken[0], taken[1], queue] {
            room.remove(queue.id());
        }
    });
}

#[test]
fn zero_is_passed_over() {
    // Somebody may use the keys -1 and 1.
    in_namespace(|room| {
        let taken = take(room, -1);
        let asked = catch_unwind(|| first_free(Key::new(-1).expect("not 0"), mode()));
        let Ok(asked) = asked else {
            panic!("-1 is taken and you panic at the next number: 0 is no `Key`, go on behind it");
        };
        if asked == Err(Errno::EEXIST) {
            panic!(
                "the first key is taken, and you give up: is that the one error to go on after?"
            );
        }
        let (key, queue) = asked.expect("an error that another test tells about");
        assert!(
            queue != taken,
            "you share the queue that somebody else has made"
        );
        assert_eq!(key.raw(), 1, "-1 is taken and 0 is no key: 1 is the next");
        room.remove(taken.id());
        room.remove(queue.id());
    });
}

#[test]
fn other_errors_are_returned() {
    // The limit of the whole machine is not ours to change.
    in_namespace(|room| {
        let before = take(room, far_away(room));
        room.set_limit("msgmni", 1);
        let start = Key::new(far_away(room)).expect("not 0");
        let asked = std::thread::spawn(move || first_free(start, mode()).map(|_| ()));
        until(
            "your function to return, as the kernel takes no more queues (ENOSPC): does it try the \
             next number after every error?",
            || asked.is_finished(),
        );
        let asked = asked.join().expect("no panic in your function");
        assert_eq!(
            asked,
            Err(Errno::ENOSPC),
            "the kernel takes no more queues (ENOSPC)"
        );
        room.remove(before.id());
    });
}
