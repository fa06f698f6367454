use super::*;
use practice::edges::NUMBERS;
use practice::{
    Call, Room, alone, as_ordinary_user, count, entry, errnos, failing, in_namespace, key,
    meanwhile, send, yours,
};

#[path = "create_call/others.rs"]
mod others;
use others::twice;

fn call(key: i32) -> nix::Result<c_int> {
    let key = Key::new(key).expect("a test's key is not 0");
    yours(format_args!("the key {key}"), || mailbox(key))
}

/// Asks for the mailbox, which may well be there.
#[track_caller]
fn ask(room: &Room, key: i32) -> c_int {
    let id = match call(key) {
        Ok(id) => id,
        Err(Errno::ENOENT) => panic!(
            "there is no queue, and you did not ask the kernel to make one (ENOENT): a flag is \
             missing"
        ),
        Err(Errno::EEXIST) => panic!(
            "the first program has made the queue, and the second is refused (EEXIST): which \
             flag says \"and fail if it is there\"?"
        ),
        Err(errno) => panic!("you return {errno}, and nothing stands in the way of msgget here"),
    };
    room.watch(id);
    id
}

/// A queue of this key and mode, which somebody has made before you.
fn made_before(room: &Room, key: i32, mode: i32) -> c_int {
    // SAFETY: msgget takes two numbers and returns one. It touches no memory of ours.
    let id = unsafe { libc::msgget(key, libc::IPC_CREAT | libc::IPC_EXCL | mode) };
    assert!(id >= 0, "the test cannot make a queue: {}", Errno::last());
    room.watch(id);
    id
}

#[track_caller]
fn look_at_mode(room: &Room, id: c_int) {
    let Some(queue) = entry(room, id) else {
        panic!("you return the id {id}, and the kernel lists no such queue");
    };
    let perms = queue.perms;
    assert!(
        perms != 0o130,
        "the mode is 130: 600 without a prefix is decimal, and these are octal digits"
    );
    assert!(
        perms != 0,
        "the mode is 000: not even you may read or write. It is the low nine bits of the flags"
    );
    assert!(
        perms & 0o077 == 0,
        "the mode is {perms:o}: others may use your mailbox, and no umask keeps them out"
    );
    assert!(perms == 0o600, "the mode is {perms:o}: it must be 600, read and write for you");
}

#[test]
fn first_program_makes_the_queue() {
    alone(|room| {
        for key in [room.key(), room.key()] {
            let id = ask(room, key);
            let Some(queue) = entry(room, id) else {
                panic!("you return the id {id}, and the kernel lists no such queue");
            };
            assert!(
                queue.key != 0,
                "your queue has no key, so nobody can find it: is IPC_PRIVATE in the key's place?"
            );
            assert!(
                queue.key == key,
                "you were asked for the key {key:#x}, and your queue has the key {:#x}",
                queue.key
            );
            assert!(
                room.queues().len() == 1,
                "one mailbox was asked for, and you have made more queues: nobody removes those"
            );
            room.remove(id);
        }
    });
}

#[test]
fn second_program_opens_it() {
    alone(|room| {
        twice(room);
    });
}

#[test]
fn queue_that_is_there_stays_as_it_is() {
    alone(|room| {
        let key = room.key();
        let before = made_before(room, key, 0o660);
        for _ in 0..3 {
            send(before, 1, b"waiting").expect("room for a message");
        }
        let id = ask(room, key);
        assert!(
            count(room, before) == Some(3),
            "three messages were waiting in the mailbox, and after your call they are not there: \
             open what is there, and do not make it anew"
        );
        assert!(
            id == before,
            "there is a queue with this key, {before}, and you return another: {id}"
        );
        room.remove(before);
    });
}

#[test]
fn every_key_has_its_mailbox() {
    // Somebody may use such a key.
    in_namespace(|room| {
        for key in NUMBERS.into_iter().filter(|key| *key != 0) {
            let id = ask(room, key);
            assert!(
                entry(room, id).is_some_and(|queue| queue.key == key),
                "the key {key} is a key like any other, and your queue has another"
            );
            room.remove(id);
        }
    });
}

#[test]
fn nobody_else_may_use_it() {
    alone(|room| {
        let id = ask(room, room.key());
        look_at_mode(room, id);
        room.remove(id);
    });
}

#[test]
fn failure_is_an_error() {
    alone(|room| {
        // Those two mean something to a function that looks first.
        for errno in errnos::but(&errnos::GET, &[Errno::EEXIST, Errno::ENOENT]) {
            for nth in 1..=3 {
                let key = room.key();
                let which =
                    |call| matches!(call, Call::Get(_, flags) if flags & libc::IPC_CREAT != 0);
                let asked = failing(which, nth, errno, || call(key));
                room.queues().iter().for_each(|queue| room.remove(queue.msqid));
                let Some(asked) = asked else { continue };
                assert!(
                    asked != Ok(-1),
                    "the kernel refuses ({errno:?}), and you return the id -1 as if it were a queue"
                );
                assert!(
                    asked == Err(errno),
                    "msgget fails with {errno:?}, and you return {asked:?}: the error of the call \
                     is yours to pass on"
                );
            }
        }
    });
    // The limit of the whole machine is not ours to change.
    in_namespace(|room| {
        let before = ask(room, room.key());
        room.set_limit("msgmni", 1);
        let refused = mailbox(key(room));
        assert!(
            refused == Err(Errno::ENOSPC),
            "there are as many queues as the kernel allows (ENOSPC), and you return {refused:?}"
        );
        room.remove(before);
    });
}
