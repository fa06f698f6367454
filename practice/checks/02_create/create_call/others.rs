//! Other programs, other users, and others who are quicker.

use super::*;

/// What goes wrong without others too has its own message.
#[track_caller]
pub(super) fn twice(room: &Room) {
    let key = room.key();
    let (first, second) = (ask(room, key), ask(room, key));
    assert!(
        first == second,
        "two programs asked for one key and have two queues, {first} and {second}: each will wait \
         in its own. Is the key in the call?"
    );
    room.remove(first);
}

#[test]
fn mailbox_that_you_may_not_use_is_refused() {
    alone(|room| {
        twice(room);
        for mode in [0o000, 0o400, 0o200] {
            let key = room.key();
            let before = made_before(room, key, mode);
            let asked = as_ordinary_user(|| call(key));
            assert!(
                asked.is_err(),
                "the queue has mode {mode:03o}, so you may not both read and write it, and you return \
                 it as your mailbox. Root may everything; ask for the access when you open"
            );
            assert!(
                asked == Err(Errno::EACCES),
                "the queue has mode {mode:03o}, msgget fails with EACCES when asked for reading and \
                 writing, and you return {asked:?}"
            );
            room.remove(before);
        }
    });
}

#[test]
fn ordinary_user_has_a_mailbox() {
    alone(|room| {
        twice(room);
        let key = room.key();
        let (first, second) = as_ordinary_user(|| (call(key), call(key)));
        first.iter().for_each(|id| look_at_mode(room, *id));
        assert!(
            first.is_ok() && first == second,
            "an ordinary user asks twice for the mailbox, and you return {first:?} and {second:?}: \
             does this need root's rights, or a wider mode?"
        );
        first.into_iter().for_each(|id| room.remove(id));
    });
}

#[test]
fn somebody_who_is_quicker_is_no_obstacle() {
    alone(|room| {
        twice(room);
        let key = room.key();
        let theirs = |key| {
            // SAFETY: msgget takes two numbers and returns one. It touches no memory of ours.
            unsafe { libc::msgget(key, libc::IPC_CREAT | 0o600) };
        };
        let asked = meanwhile(Errno::ENOENT, theirs, || call(key));
        let left = room.queues();
        assert!(
            asked.is_ok_and(|id| left.len() == 1 && left[0].msqid == id),
            "there was no queue when you looked, and when you made it another program had been \
             quicker: you return {asked:?}. One call both looks and makes"
        );
        let gone = move |_| practice::remove(left[0].msqid);
        let asked = meanwhile(Errno::EEXIST, gone, || call(key));
        let left = room.queues();
        assert!(
            asked.is_ok_and(|id| left.len() == 1 && left[0].msqid == id),
            "there was a queue when you tried to make one, and when you opened it, it had been \
             removed: you return {asked:?}. One call both looks and makes"
        );
        left.iter().for_each(|queue| room.remove(queue.msqid));
    });
}
