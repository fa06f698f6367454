//! Errors that do not mean "taken".

use super::*;
use nix::errno::Errno;
use practice::{Worker, errnos, failing, in_namespace, until};

#[test]
fn other_errors_are_returned() {
    // The limit of the whole machine is not ours to change.
    in_namespace(|room| {
        let before = take(room, far_away(room), mode());
        room.set_limit("msgmni", 1);
        let number = far_away(room);
        let worker = Worker::start(move || call(number, mode()));
        until(
            "your function to return, as the kernel takes no more queues (ENOSPC): does it try the \
             next number after every error?",
            || worker.has_ended(),
        );
        let asked = worker.result();
        assert!(
            asked == Some(Err(Errno::ENOSPC)),
            "the kernel takes no more queues (ENOSPC), and you return {asked:?}"
        );
        room.remove(before.id());
    });
}

#[test]
fn error_after_taken_keys_is_returned() {
    alone(|room| {
        let number = far_away(room);
        let taken = [take(room, number, mode()), take(room, number + 1, mode())];
        for errno in errnos::but(&errnos::GET, &[Errno::EEXIST]) {
            for nth in 1..=3 {
                let which =
                    |call| matches!(call, Call::Get(_, flags) if flags & libc::IPC_CREAT != 0);
                let mut asked = Err(Errno::UnknownErrno);
                let made = || asked = call(number, mode());
                let refused = failing(which, nth, errno, made).is_some();
                if let Ok((_, queue)) = asked {
                    is_new(queue, &taken);
                    room.remove(queue.id());
                }
                if !refused {
                    continue;
                }
                goes_on(asked);
                assert!(
                    asked == Err(errno),
                    "msgget number {nth} fails with {errno:?}, which does not mean \"taken\", and you \
                     return {asked:?}"
                );
            }
        }
        assert!(
            room.queues().len() == taken.len(),
            "you return an error, and have made a queue all the same: nobody removes it"
        );
        clear(room);
    });
}
