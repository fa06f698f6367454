//! Errors that are not the caller's doing, and queues that go between two calls.

use super::*;
use practice::{Worker, errnos, in_namespace, until};

#[test]
fn too_long_answer_is_the_servers_mistake() {
    alone(|room| {
        let server = Server::new(room);
        if !server.delivers() {
            return clear(room);
        }
        let limit = usize::try_from(room.limit("msgmax")).expect("a size");
        let long = vec![b'x'; limit + 1];
        let (to, write_only) = (queue(room), Queue::private(Mode::S_IWUSR).expect("a queue"));
        room.watch(write_only.id());
        let answers = [
            server.answer(to, &long, "an answer above msgmax"),
            as_ordinary_user(|| server.answer(write_only, &long, "an answer above msgmax")),
        ];
        let there = is_there(room, to.id());
        clear(room);
        for answered in answers {
            assert!(
                answered != Ok(Outcome::Gone),
                "the answer is longer than msgmax, the caller's queue is there, and you say that it is gone: \
                 EINVAL has two meanings"
            );
            assert!(
                answered == Err(Errno::EINVAL) && there,
                "the answer is longer than msgmax (EINVAL), which is the server's doing, and you return \
                 {answered:?}"
            );
        }
    });
}

#[test]
fn queue_that_is_removed_during_the_call_is_gone() {
    alone(|room| {
        let server = Server::new(room);
        if !server.delivers() {
            return clear(room);
        }
        for removed in [true, false] {
            let to = queue(room);
            let (own, mut sends) = (server.own, 0);
            let hook = move |moment| match moment {
                Moment::Before(Call::Send(id, ..)) if id == to.id() => {
                    sends += 1;
                    if removed && sends == 1 {
                        practice::remove(id);
                    }
                    (!removed).then_some(Errno::EIDRM)
                }
                _ => None,
            };
            let answered =
                yours("a queue that goes", || between_calls(hook, || answer(own, to, b"42")));
            let errno = if removed { "EINVAL" } else { "EIDRM" };
            assert!(
                answered == Ok(Outcome::Gone),
                "the caller's queue was removed just when you sent ({errno}), which is `Gone`, and you \
                 return {answered:?}"
            );
        }
        clear(room);
    });
}

#[test]
fn limit_is_what_the_system_says() {
    in_namespace(|room| {
        let server = Server::new(room);
        if !server.delivers() {
            return clear(room);
        }
        let to = queue(room);
        // Another test has words for a function that does not know the two meanings.
        let long = server.answer(to, &[b'x'; 8193], "an answer above msgmax");
        if long != Err(Errno::EINVAL) {
            return clear(room);
        }
        room.set_limit("msgmax", 100);
        let answered = server.answer(to, &[b'x'; 101], "an answer above msgmax");
        clear(room);
        assert!(
            answered == Err(Errno::EINVAL),
            "msgmax is 100 here, the answer has 101 bytes, the caller's queue is there, and you return \
             {answered:?}: 8,192 is what most systems say, and not all"
        );
    });
}

#[test]
fn queue_that_fills_up_meanwhile_is_full() {
    alone(|room| {
        let server = Server::new(room);
        if !server.delivers() {
            return clear(room);
        }
        let (own, to) = (server.own, queue(room));
        let mut others = 2;
        // Whenever you have looked, or found no room, or made some, others are quicker.
        let hook = move |moment| {
            if matches!(moment, Moment::After(Call::Control(..) | Call::Receive(..), _))
                && others > 0
            {
                others -= 1;
                while send(to.id(), 9, &[b'x'; 8192]).is_ok() {}
            }
            None
        };
        let worker = Worker::start(move || between_calls(hook, || answer(own, to, b"42")));
        until("your function to return", || worker.has_ended() || worker.waits());
        let waits = !worker.has_ended();
        clear(room);
        assert!(
            !waits,
            "there was room in the caller's queue when you looked, and none when you sent: your server \
             sleeps in msgsnd. Do not look, send with a call that does not wait"
        );
    });
}

#[test]
fn other_errors_are_returned() {
    alone(|room| {
        let server = Server::new(room);
        if !server.delivers() {
            return clear(room);
        }
        let meant = [Errno::EAGAIN, Errno::EACCES, Errno::EIDRM, Errno::EINVAL];
        for errno in errnos::but(&errnos::SEND, &meant).chain([Errno::EPERM]) {
            let (own, to) = (server.own, queue(room));
            let is_send = |call| matches!(call, Call::Send(..));
            let answered = yours("an error of msgsnd", || {
                practice::failing(is_send, 1, errno, || answer(own, to, b"42"))
            });
            assert!(
                !matches!(answered, Some(Ok(_))),
                "msgsnd failed with {errno:?}, which is not the caller's doing, and you return {answered:?}: \
                 nobody learns that the server is ill"
            );
            assert!(
                matches!(answered, Some(Err(returned)) if returned == errno),
                "msgsnd failed with {errno:?}, and you return {answered:?}: hand it on as it is"
            );
        }
        clear(room);
    });
}
