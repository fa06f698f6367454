use super::*;
use practice::{Worker, alone, edges, errnos, queue, send, until};
use std::sync::atomic::Ordering::SeqCst;

#[path = "waiting_alarm/timer.rs"]
mod timer;
use timer::{Plan, Running};

const LIMIT: Duration = Duration::from_millis(200);

#[test]
fn signal_before_the_sleep_is_not_lost() {
    alone(|room| {
        let queue = queue(room);
        let plan = Plan { early: true, ..Plan::default() };
        let case = "the limit was over after `arm`, and before msgrcv slept";
        let received = Running::start(queue, LIMIT, plan).expire(case);
        assert!(received == Ok(None), "{case}, no message came, and you return {received:?}");
        room.remove(queue.id());
    });
}

#[test]
fn signal_during_the_sleep_ends_it() {
    alone(|room| {
        let queue = queue(room);
        for limit in [Duration::from_nanos(1), LIMIT, Duration::MAX] {
            let running = Running::start(queue, limit, Plan::default());
            running.settle();
            if let Some((first, again)) = running.timer.armed() {
                assert!(
                    first == limit,
                    "the limit is {limit:?}, and you arm the alarm for {first:?}"
                );
                assert!(
                    again <= 10 * AGAIN,
                    "you let the signal come again after {again:?}: for so long your function sleeps if the \
                     first one comes too early"
                );
            }
            let case = "the limit was over while msgrcv slept";
            let received = running.expire(case);
            assert!(received == Ok(None), "{case}, no message came, and you return {received:?}");
        }
        room.remove(queue.id());
    });
}

#[test]
fn message_is_returned_whenever_it_comes() {
    alone(|room| {
        let queue = queue(room);
        for (what, bytes) in edges::bytes() {
            send(queue.id(), 3, &bytes).expect("room for it");
            send(queue.id(), 1, b"the next").expect("room for it");
            let running = Running::start(queue, LIMIT, Plan::default());
            let received = running.end("a message was there");
            assert!(
                received == Ok(Some(bytes)),
                "a message with {what} was there, and you return {received:?}"
            );
            let next = practice::receive(queue.id()).map(|message| message.bytes);
            assert!(
                next.as_deref() == Some(b"the next"),
                "two messages were there, and you have taken out both: one is lost"
            );
        }
        let running = Running::start(queue, LIMIT, Plan::default());
        running.settle();
        send(queue.id(), 7, b"hello").expect("room for it");
        let received = running.end("a message came while msgrcv slept");
        assert!(
            received == Ok(Some(b"hello".to_vec())),
            "a message came while msgrcv slept, and you return {received:?}"
        );
        room.remove(queue.id());
    });
}

#[test]
fn last_look_finds_what_came_at_the_end() {
    alone(|room| {
        let queue = queue(room);
        let plan = Plan { message_at_the_end: true, ..Plan::default() };
        let received = Running::start(queue, LIMIT, plan).expire("the limit was over");
        practice::clear(room);
        assert!(
            received.is_err() || received == Ok(Some(b"in the last moment".to_vec())),
            "a message came in the very moment in which the limit was over, and you return \
             {received:?}: look a last time"
        );
    });
}

#[test]
fn limit_of_zero_is_one_look() {
    alone(|room| {
        let queue = queue(room);
        for text in [None, Some("hello")] {
            if let Some(text) = text {
                send(queue.id(), 1, text.as_bytes()).expect("room for it");
            }
            let case = "a limit of 0, which sets no timer";
            let received = Running::start(queue, Duration::ZERO, Plan::default()).expire(case);
            assert!(
                received == Ok(text.map(Into::into)),
                "the limit is 0, the queue holds {text:?}, and you return {received:?}"
            );
        }
        room.remove(queue.id());
    });
}

#[test]
fn signal_of_somebody_else_is_returned() {
    alone(|room| {
        let queue = queue(room);
        let running = Running::start(queue, LIMIT, Plan::default());
        running.settle();
        running.worker.interrupt();
        running.settle();
        let again = running.timer.waits.load(SeqCst) > 1;
        assert!(
            !again && running.worker.has_ended(),
            "somebody else's signal came (EINTR), long before the limit was over, and you sleep on: \
             whoever sent it waits for the program to act"
        );
        let received = running.end("somebody else's signal came");
        assert!(
            received != Ok(None),
            "somebody else's signal came (EINTR), long before the limit was over, and you say that the \
             limit is over: not every signal is the alarm's"
        );
        assert!(
            received == Err(Errno::EINTR),
            "somebody else's signal came (EINTR), and you return {received:?}"
        );
        room.remove(queue.id());
    });
}

#[test]
fn errors_are_returned() {
    alone(|room| {
        let queue = queue(room);
        // E2BIG makes a `Receiver` grow, and ENOMSG is said to those alone who do not wait.
        for errno in errnos::but(&errnos::RECEIVE, &[Errno::E2BIG, Errno::ENOMSG]) {
            let fails = Some(errno);
            // EINTR is a signal, which another test is about.
            if errno != Errno::EINTR {
                let plan = Plan { wait_fails: fails, ..Plan::default() };
                let case = format!("msgrcv failed with {errno:?}");
                let running = Running::start(queue, LIMIT, plan);
                running.settle();
                let received = running.end(&case);
                assert!(received == Err(errno), "{case}, and you return {received:?}");
            }

            let plan = Plan { arm_fails: fails, ..Plan::default() };
            let case = format!("the alarm could not be armed ({errno:?})");
            let running = Running::start(queue, LIMIT, plan);
            running.settle();
            assert!(
                running.worker.has_ended(),
                "{case}, and you sleep in msgrcv: nothing ends that"
            );
            let received = running.end(&case);
            assert!(received == Err(errno), "{case}, and you return {received:?}");

            let plan = Plan { last_fails: fails, ..Plan::default() };
            let case = format!("the limit was over, and the last look failed with {errno:?}");
            let running = Running::start(queue, LIMIT, plan);
            running.settle();
            // Another test has words for a function that does not look.
            let received = running.expire(&case);
            assert!(
                received == Err(errno) || !looks_last(queue),
                "{case}, and you return {received:?}: an error is not \"no message\""
            );
        }
        room.remove(queue.id());
    });
}

fn looks_last(queue: Queue) -> bool {
    let plan = Plan { message_at_the_end: true, ..Plan::default() };
    let received = Running::start(queue, LIMIT, plan).expire("the limit was over");
    // Whoever has not looked has left it there.
    practice::receive(queue.id()).is_none() && received.is_ok()
}
