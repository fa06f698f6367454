//! Errors of sending, at each step.

use super::sent::{does_well, ended_of, send_all, start};
use super::*;
use nix::errno::Errno;
use practice::{Call, Worker, alone, count, errnos, failing, queue, until};
use support::{as_stranger, caught};

/// Three lines, and one that must not be looked at after an error.
const LINES: &[u8] = b"one\ntwo\nthree\nexit\n";

#[test]
fn error_of_sending_is_returned() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        let meant = [Errno::EAGAIN, Errno::EINTR];
        for (step, errno) in errnos::at_steps(4, &errnos::SEND, &meant) {
            let queue = queue(room);
            let is_send = |call| matches!(call, Call::Send(..));
            let worker = Worker::start(move || {
                caught(|| {
                    let ended = failing(is_send, step, errno, || talk(LINES, queue));
                    ended.expect("four lines need four calls of msgsnd")
                })
            });
            until("your client to end: one of its calls has failed", || worker.has_ended());
            let sent = count(room, queue.id()).unwrap_or(0);
            practice::clear(room);
            let step_in_words = ["first", "second", "third", "fourth"][step - 1];
            let failed = format!("sending the {step_in_words} line fails with {errno}");
            match ended_of(worker) {
                Err(said) => panic!("{failed}, and your client panics: {said}"),
                Ok(Ok(report)) => panic!(
                    "{failed}, and your client says that all is well: {report:?}. Of an error of sending nothing is \
                     refused and nothing is sent: it is returned"
                ),
                Ok(Err(error)) => assert!(
                    error.raw_os_error() == Some(errno as i32),
                    "{failed}, and your client returns another error: {error}"
                ),
            }
            assert!(
                sent == step as u64 - 1,
                "{failed}, and {sent} messages are in the queue in the end: those before it stay sent, and nothing \
                 is sent after it"
            );
        }
    });
}

#[test]
fn client_without_a_queue_fails() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        let queue = queue(room);
        room.remove(queue.id());
        let worker = start(LINES, queue);
        until("your client to end: there is no queue", || worker.has_ended());
        let ended = ended_of(worker);
        assert!(
            matches!(&ended, Ok(Err(error)) if error.raw_os_error() == Some(libc::EINVAL)),
            "there is no queue from the first line on (EINVAL), and your client ends with {ended:?}"
        );
    });
}

#[test]
fn client_needs_no_more_than_the_right_to_write() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        for (mode, may) in [(0o622, true), (0o600, false)] {
            let queue =
                Queue::private(ch02_create::Mode::from_bits_truncate(mode)).expect("a queue");
            room.watch(queue.id());
            // Where nobody can become somebody else, support says so.
            let ended = as_stranger(20_111, || caught(|| talk(LINES, queue)));
            let sent = count(room, queue.id());
            room.remove(queue.id());
            let Some(ended) = ended else { return };
            if may {
                assert!(
                    matches!(ended, Ok(Ok(Report { sent: 4, refused: 0 }))) && sent == Some(4),
                    "the queue is root's, and others may only write to it, which is enough for a client; yours ends \
                     with {ended:?}"
                );
            } else {
                assert!(
                    matches!(&ended, Ok(Err(error)) if error.raw_os_error() == Some(libc::EACCES)),
                    "the queue is root's, and others may not write to it (EACCES); your client ends with {ended:?}"
                );
            }
        }
    });
}

#[test]
fn messages_of_others_stay_in_front() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        let queue = queue(room);
        practice::send(queue.id(), 7, b"somebody else's").expect("room for it");
        let worker = start(LINES, queue);
        until("your client to end", || worker.has_ended());
        let first = practice::receive(queue.id());
        let behind = count(room, queue.id());
        room.remove(queue.id());
        assert!(
            first.is_some_and(|first| first.message_type == 7) && behind == Some(4),
            "a message of somebody else's was in the queue, and your client does something with it: the queue is \
             the server's"
        );
        // The same once more: nothing may be left over from the last time.
        let again = send_all(room, LINES).messages.len();
        assert!(again == 4, "the second time your client sends {again} messages of four");
    });
}
