use super::*;
use practice::{Room, alone, entry, in_namespace, key};

/// Asks for the mailbox, which may well be there.
#[track_caller]
fn ask(room: &Room, key: i32) -> c_int {
    let id = match mailbox(Key::new(key).expect("a room's key is not 0")) {
        Ok(id) => id,
        Err(Errno::ENOENT) => panic!(
            "there is no queue, and you did not ask the kernel to make one (ENOENT): a flag is \
             missing"
        ),
        Err(Errno::EEXIST) => panic!(
            "the first program has made the queue, and the second is refused (EEXIST): which \
             flag says \"and fail if it is there\"?"
        ),
        Err(errno) => panic!("msgget says {errno}, and nothing stands in its way here"),
    };
    room.watch(id);
    id
}

#[test]
fn first_program_makes_the_queue() {
    alone(|room| {
        let key = room.key();
        let id = ask(room, key);
        let queue = entry(room, id).expect("the kernel lists each id that msgget returns");
        assert!(
            queue.key != 0,
            "your queue has no key, so nobody can find it: is IPC_PRIVATE in the key's place?"
        );
        assert_eq!(
            queue.key, key,
            "your queue has another key than was asked for"
        );
        room.remove(id);
    });
}

#[test]
fn second_program_opens_it() {
    alone(|room| {
        let key = room.key();
        let (first, second) = (ask(room, key), ask(room, key));
        assert_eq!(
            first, second,
            "two programs asked for one key and have two queues: each will wait in its own. Is \
             the key in the call?"
        );
        room.remove(first);
    });
}

#[test]
fn nobody_else_may_use_it() {
    alone(|room| {
        let id = ask(room, room.key());
        let queues = room.queues();
        let queue = queues.iter().find(|queue| queue.msqid == id);
        let perms = queue.expect("the kernel lists it").perms;
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
        assert!(
            perms == 0o600,
            "the mode is {perms:o}: it is to be 600, read and write for you"
        );
        room.remove(id);
    });
}

#[test]
fn failure_is_an_error() {
    // The limit of the whole machine is not ours to change.
    in_namespace(|room| {
        let before = ask(room, room.key());
        room.set_limit("msgmni", 1);
        let refused = mailbox(key(room));
        assert!(
            refused != Ok(-1),
            "the kernel has refused (there are as many queues as it allows), and you return the \
             id -1 as if it were a queue"
        );
        // Without IPC_CREAT the kernel does not come so far.
        assert!(
            matches!(refused, Err(Errno::ENOSPC)),
            "the kernel says ENOSPC here, and you return {refused:?}"
        );
        room.remove(before);
    });
}
