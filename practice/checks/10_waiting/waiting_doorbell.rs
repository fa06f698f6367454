use super::*;
use practice::{alone, as_ordinary_user, count, errnos, queue, send, until};

#[path = "waiting_doorbell/ask.rs"]
mod ask;
use ask::{ask, asleep, finds_one, judge};

/// Messages of several lengths and types, the oldest first; and how your function has to answer.
const QUEUES: [(&[(c_long, usize)], Bell); 7] = [
    (&[(1, 5)], Bell::Waits),
    (&[(7, 1)], Bell::Waits),
    (&[(c_long::MAX, 8192)], Bell::Waits),
    (&[(3, 300), (2, 0), (5, 5)], Bell::Waits),
    (&[(1, 0)], Bell::Taken(1)),
    (&[(7, 0), (1, 5)], Bell::Taken(7)),
    (&[(c_long::MAX, 0), (1, 0)], Bell::Taken(c_long::MAX)),
];

/// What is in the queue, taken out of it.
fn contents(id: c_int) -> Vec<(c_long, usize)> {
    let messages = std::iter::from_fn(|| practice::receive(id));
    messages.map(|message| (message.message_type, message.bytes.len())).collect()
}

#[test]
fn waiting_message_is_reported_and_stays() {
    alone(|room| {
        for (messages, bell) in QUEUES {
            let id = queue(room).id();
            for (message_type, length) in messages {
                send(id, *message_type, &vec![b'x'; *length]).expect("room for it");
            }
            let (rung, left) = (ask(id, "a message that waits"), contents(id));
            room.remove(id);
            let oldest = messages[0];
            if let Bell::Taken(message_type) = bell {
                assert!(
                    rung != Ok(Bell::Waits),
                    "a message without bytes fits into a room of 0, so msgrcv has taken it out, and you \
                     say that it still waits: nobody will ever see it"
                );
                assert!(
                    rung == Ok(bell),
                    "a message without bytes, of type {message_type}, was taken out, and you return {rung:?}: \
                     the caller can hand on only what you say"
                );
                assert!(
                    left == messages[1..],
                    "a message without bytes must be taken out, and nothing else: of {messages:?} (type and \
                     length) {left:?} is left"
                );
                continue;
            }
            assert!(
                left != messages[1..],
                "a message of {} bytes waited, and you have taken it out: if your program is killed now, \
                 it is lost. Either there is room for it, or MSG_NOERROR throws its bytes away",
                oldest.1
            );
            assert!(
                left == messages,
                "nothing may change in the queue: of {messages:?} (type and length) {left:?} is left"
            );
            assert!(
                rung != Err(Errno::E2BIG),
                "a message waits, and you return an error, E2BIG: \"it does not fit\" is how the kernel \
                 says that there is one"
            );
            assert!(
                rung == Ok(bell),
                "a message of {} bytes of type {} waits, and you return {rung:?}",
                oldest.1,
                oldest.0
            );
        }
    });
}

#[test]
fn empty_queue_is_waited_for() {
    alone(|room| {
        for (message_type, bytes, bell) in
            [(1, "hello", Bell::Waits), (9, "x", Bell::Waits), (5, "", Bell::Taken(5))]
        {
            let id = queue(room).id();
            let worker = asleep(id);
            if bell == Bell::Waits && !finds_one(room) {
                room.remove(id);
                return;
            }
            send(id, message_type, bytes.as_bytes()).expect("room for it");
            until(
                "your function to return, as a message has come: does it take the first for none?",
                || worker.has_ended(),
            );
            let rung = judge(worker.returned("a message that comes"));
            let left = contents(id).len();
            room.remove(id);
            assert!(
                rung == Ok(bell) && left == usize::from(bell == Bell::Waits),
                "you slept, a message of type {message_type} with {} bytes came, and you return {rung:?}; \
                 {left} messages are left",
                bytes.len()
            );
        }
    });
}

#[test]
fn signal_and_removal_are_returned() {
    alone(|room| {
        let queue = queue(room);
        let worker = asleep(queue.id());
        worker.interrupt();
        until("your function to return (EINTR), as a signal has come", || worker.has_ended());
        let rung = judge(worker.returned("a signal"));
        assert!(
            rung == Err(Errno::EINTR),
            "a signal came (EINTR), and you return {rung:?}: whoever sent it waits for the caller to act"
        );
        let worker = asleep(queue.id());
        room.remove(queue.id());
        until("your function to return, as the queue was removed", || worker.has_ended());
        let rung = judge(worker.returned("the removal"));
        assert!(
            rung == Err(Errno::EIDRM),
            "the queue was removed while you slept (EIDRM), and you return {rung:?}"
        );
        let rung = ask(queue.id(), "a queue that is gone");
        assert!(
            rung == Err(Errno::EINVAL),
            "there is no queue with this ID any more (EINVAL), and you return {rung:?}"
        );
    });
}

#[test]
fn queue_that_may_not_be_read_is_an_error() {
    alone(|room| {
        let mode = ch02_create::Mode::S_IWUSR;
        let id = ch02_create::Queue::private(mode).expect("a queue").id();
        room.watch(id);
        send(id, 1, b"hello").expect("room for it");
        let asked = as_ordinary_user(|| ask::hooked(id));
        let left = count(room, id);
        room.remove(id);
        let rung = judge(asked);
        assert!(
            rung == Err(Errno::EACCES) && left == Some(1),
            "you may not read the queue (EACCES), and you return {rung:?}; {left:?} messages are left"
        );
    });
}

#[test]
fn other_errors_are_returned() {
    alone(|room| {
        if !finds_one(room) {
            return;
        }
        let id = queue(room).id();
        send(id, 1, b"hello").expect("room for it");
        for errno in errnos::but(&errnos::RECEIVE, &[Errno::E2BIG]) {
            let rung = ask::failing(id, errno);
            assert!(
                rung.is_err(),
                "msgrcv has failed with {errno:?}, and you return {rung:?}: only one error says that a \
                 message waits"
            );
            assert!(
                rung == Err(errno),
                "msgrcv has failed with {errno:?}, and you return {rung:?}: hand it on as it is"
            );
        }
        room.remove(id);
    });
}
