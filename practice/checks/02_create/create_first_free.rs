use super::*;
use nix::errno::Errno;
use practice::{
    Call, Moment, Room, alone, as_ordinary_user, between_calls, clear, count, entry, send, yours,
};

#[path = "create_first_free/errors.rs"]
mod errors;
#[path = "create_first_free/numbers.rs"]
mod numbers;

fn mode() -> Mode {
    Mode::S_IRUSR | Mode::S_IWUSR
}

/// A queue of somebody else's.
fn take(room: &Room, number: i32, mode: Mode) -> Queue {
    let key = Key::new(number).expect("not 0");
    let queue = Queue::create_new(key, mode).expect("a key that is free");
    room.watch(queue.id());
    queue
}

/// A number whose next 15 are free too: other tests may run among the same queues.
fn far_away(room: &Room) -> i32 {
    let key = room.key();
    (key & !0x3ff | (16 * key) & 0x3ff) ^ 0x4000_0000
}

fn call(number: i32, mode: Mode) -> nix::Result<(Key, Queue)> {
    let start = Key::new(number).expect("not 0");
    yours(format_args!("the key {start}"), || first_free(start, mode))
}

#[track_caller]
fn ask(room: &Room, number: i32, mode: Mode) -> (Key, Queue) {
    match call(number, mode) {
        Ok((key, queue)) => {
            room.watch(queue.id());
            (key, queue)
        }
        Err(errno) => {
            goes_on(Err(errno));
            panic!("there is a free key, and you return {errno}")
        }
    }
}

#[track_caller]
fn goes_on(asked: nix::Result<(Key, Queue)>) {
    assert!(
        asked != Err(Errno::EEXIST),
        "the first key is taken, and you give up (EEXIST): that is the one error after which the \
         next number is tried"
    );
}

#[track_caller]
fn is_new(queue: Queue, taken: &[Queue]) {
    assert!(
        !taken.contains(&queue),
        "you share the queue that somebody else has made: `create` opens what is there"
    );
}

#[test]
fn free_key_is_used() {
    alone(|room| {
        let number = far_away(room);
        for (number, mode) in [(number, mode()), (number + 9, mode() | Mode::S_IWGRP)] {
            let (key, queue) = ask(room, number, mode);
            let Some(entry) = entry(room, queue.id()) else {
                panic!("you return a queue that the kernel does not list: {queue:?}");
            };
            assert!(
                entry.key == number && key.raw() == number,
                "the key {number:#x} was free: use it. Your queue has {:#x}, and you return {key}",
                entry.key
            );
            let (perms, asked) = (entry.perms, mode.bits());
            assert!(perms == asked, "the mode is {perms:o}, and {asked:o} was asked for");
            room.remove(queue.id());
        }
    });
}

#[test]
fn taken_keys_are_passed_over() {
    alone(|room| {
        let number = far_away(room);
        let taken = [0, 1, 2].map(|more| take(room, number + more, mode()));
        send(taken[0].id(), 1, b"waiting").expect("room for a message");
        let asked = mode() | Mode::S_IWGRP;
        let (key, queue) = ask(room, number, asked);
        is_new(queue, &taken);
        assert!(
            count(room, taken[0].id()) == Some(1),
            "the first key was taken, and now that queue is gone, or its message is: it was \
             somebody else's"
        );
        let Some(entry) = entry(room, queue.id()) else {
            panic!("you return a queue that the kernel does not list: {queue:?}");
        };
        assert!(
            key.raw() == entry.key,
            "your queue has another key than the one you return: the other side will look in vain"
        );
        assert!(
            entry.key == number + 3,
            "the first three keys are taken and the fourth, {:#x}, is free: you have taken {key}",
            number + 3
        );
        assert!(
            entry.perms == asked.bits(),
            "the first three keys were taken, and the mode of your queue is {:o}; {:o} was asked for, \
             whichever key it is",
            entry.perms,
            asked.bits()
        );
        clear(room);
    });
}

#[test]
fn queue_that_you_may_not_use_is_passed_over() {
    alone(|room| {
        let number = far_away(room);
        let taken = take(room, number, Mode::empty());
        let asked = as_ordinary_user(|| call(number, mode()));
        asked.iter().for_each(|(_, queue)| room.watch(queue.id()));
        goes_on(asked);
        assert!(
            asked.is_ok_and(|(_, queue)| queue != taken),
            "the first key belongs to a queue of mode 000, and an ordinary user gets {asked:?}: a \
             key is taken whether or not you may use its queue"
        );
        clear(room);
    });
}

#[test]
fn queue_made_a_moment_before_yours_is_passed_over() {
    alone(|room| {
        let number = far_away(room);
        let mut quicker = Some(move || {
            let key = Key::new(number).expect("not 0");
            Queue::create_new(key, Mode::S_IRWXU).expect("a key that is free")
        });
        let hook = move |moment| {
            if let Moment::Before(Call::Get(key, flags)) = moment {
                if key == number && flags & libc::IPC_CREAT != 0 {
                    quicker.take().into_iter().for_each(|make| _ = make());
                }
            }
            None
        };
        let (_, queue) = between_calls(hook, || ask(room, number, mode()));
        let theirs = Mode::S_IRWXU.bits();
        let mine = entry(room, queue.id()).is_some_and(|entry| entry.perms != theirs);
        for taken in [number, number + 1] {
            let key = Key::new(taken).expect("not 0");
            Queue::open(key).iter().for_each(|queue| room.watch(queue.id()));
        }
        clear(room);
        assert!(
            mine,
            "the key was free when you looked, and when you made the queue somebody had been \
             quicker: you share theirs. One call must both make the queue and refuse what is there"
        );
    });
}
