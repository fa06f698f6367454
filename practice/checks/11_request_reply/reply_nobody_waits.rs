use super::*;
use ch02_create::Mode;
use practice::{
    Call, Moment, alone, as_ordinary_user, between_calls, clear, edges, fill, is_there, queue,
    send, set_capacity, yours,
};
use std::ffi::c_long;

#[path = "reply_nobody_waits/errors.rs"]
mod errors;
#[path = "reply_nobody_waits/server.rs"]
mod server;
use server::Server;

#[test]
fn answer_is_delivered_as_it_is() {
    alone(|room| {
        let server = Server::new(room);
        for (what, bytes) in edges::bytes() {
            let to = queue(room);
            send(to.id(), 5, b"an earlier reply").expect("room for it");
            let answered = server.answer(to, &bytes, "a caller who waits");
            let arrived = server.contents(to);
            room.remove(to.id());
            assert!(
                answered == Ok(Outcome::Delivered),
                "there is room in the caller's queue for an answer with {what}, and you return {answered:?}"
            );
            assert!(
                arrived.first() == Some(&(5, b"an earlier reply".to_vec())),
                "an earlier reply waited in the caller's queue, and you have taken it out"
            );
            assert!(
                arrived.len() == 2,
                "you say that an answer with {what} was delivered, and {} messages came for it, where one \
                 must",
                arrived.len() - 1
            );
            assert!(
                arrived[1] == (1, bytes),
                "an answer with {what} must arrive as it is, with the type 1, and another arrived: type {}",
                arrived[1].0
            );
        }
        let own = server.contents(server.own);
        clear(room);
        assert!(
            own == [(1, b"a request".to_vec())],
            "a request waited in the server's own queue, and after your answers {} messages do: your \
             function has no business there",
            own.len()
        );
    });
}

#[test]
fn full_queue_is_its_callers_loss() {
    alone(|room| {
        let server = Server::new(room);
        // By its bytes; by its messages; too small for any; behind a shut door.
        for (case, capacity, texts, bytes) in [
            ("full to the last byte", 16_384, None, &b"42"[..]),
            ("full with three messages", 3, Some(["", "", ""]), b""),
            ("full but for one byte", 4, Some(["a", "b", "c"]), b"42"),
            ("smaller than the answer", 1, None, b"42"),
            ("shut (its capacity is 0)", 0, None, b""),
        ] {
            let to = queue(room);
            set_capacity(to, capacity);
            if capacity == 16_384 {
                fill(to);
            }
            for text in texts.into_iter().flatten() {
                send(to.id(), 3, text.as_bytes()).expect("room for it");
            }
            let before = if capacity == 16_384 { 2 } else { texts.map_or(0, |texts| texts.len()) };
            let answered = server.answer(to, bytes, &format!("the caller's queue is {case}"));
            let there = is_there(room, to.id());
            let after = if there { server.contents(to) } else { Vec::new() };
            if there {
                room.remove(to.id());
            }
            assert!(
                there,
                "the caller's queue is {case}, and you have removed it: its caller may live, and read it \
                 yet"
            );
            assert!(
                after.len() == before && after.iter().all(|(message_type, _)| *message_type != 1),
                "the caller's queue is {case}, with {before} messages in it, and your answer has changed them: \
                 what its caller has not read is not yours to drop"
            );
            assert!(
                !answered.is_err_and(|errno| errno == Errno::EAGAIN),
                "the caller's queue is {case}, and you return an error (EAGAIN): a server that ends at it can \
                 be ended by everybody"
            );
            assert!(
                answered == Ok(Outcome::Full),
                "the caller's queue is {case}, which is `Full`, and you return {answered:?}"
            );
        }
        clear(room);
    });
}

#[test]
fn gone_queue_is_its_callers_loss() {
    alone(|room| {
        let server = Server::new(room);
        let to = queue(room);
        room.remove(to.id());
        for to in [to, Queue::from_id(-1), Queue::from_id(i32::MAX), Queue::from_id(i32::MIN)] {
            let answered = server.answer(to, b"42", "a queue that is gone");
            assert!(
                answered == Ok(Outcome::Gone),
                "there is no queue with the ID {} (EINVAL), which is `Gone`, and you return {answered:?}",
                to.id()
            );
        }
        clear(room);
    });
}

#[test]
fn forbidden_queue_is_its_callers_loss() {
    alone(|room| {
        let server = Server::new(room);
        for mode in [0o400, 0o000] {
            let to = Queue::private(Mode::from_bits_truncate(mode)).expect("a queue");
            room.watch(to.id());
            let answered = as_ordinary_user(|| server.answer(to, b"42", "a queue of mode 400"));
            room.remove(to.id());
            assert!(
                answered == Ok(Outcome::Forbidden),
                "you may not write into the caller's queue (EACCES), which is `Forbidden`, and you return \
                 {answered:?}"
            );
        }
        let to = Queue::private(Mode::S_IWUSR).expect("a queue");
        room.watch(to.id());
        let answered = as_ordinary_user(|| server.answer(to, b"42", "a queue of mode 200"));
        clear(room);
        assert!(
            answered == Ok(Outcome::Delivered),
            "you may write into the caller's queue, and not read it, and you return {answered:?}: writing is \
             all that an answer needs"
        );
    });
}

#[test]
fn own_queue_is_refused() {
    alone(|room| {
        let server = Server::new(room);
        // With room in it, full, and behind a shut door.
        for capacity in [16_384, 9, 0] {
            set_capacity(server.own, capacity);
            let answered = server.answer(server.own, b"42", "the server's own queue");
            let left = practice::count(room, server.own.id());
            assert!(
                left == Some(1) || answered != Ok(Outcome::Own),
                "you say `Own`, and your answer is in the server's own queue all the same: look before you \
                 send"
            );
            assert!(
                left == Some(1),
                "the request names the server's own queue, and your answer is in it: it is the next request, \
                 and its answer the one after that"
            );
            assert!(
                answered == Ok(Outcome::Own),
                "the request names the server's own queue, with a capacity of {capacity} here, which is `Own`, \
                 and you return {answered:?}"
            );
        }
        // Another queue that looks the same.
        let other = queue(room);
        let answered = server.answer(other, b"42", "another queue");
        clear(room);
        assert!(
            answered != Ok(Outcome::Own),
            "the caller's queue is not the server's, and you say that it is"
        );
    });
}
