use super::*;
use practice::{alone, clear, queue, receive, send};
use std::panic::catch_unwind;

#[track_caller]
fn ask(text: &str) -> Option<Queue> {
    catch_unwind(|| meet(text)).unwrap_or_else(|_| {
        panic!("you panic at {text:?}: a file may hold anything, and `None` is the answer for it")
    })
}

#[test]
fn other_program_reaches_the_queue() {
    alone(|room| {
        // In a namespace of its own the first of the two has the id 0.
        for _ in 0..2 {
            let queue = queue(room);
            let text = introduce(queue);
            let met = match ask(&text) {
                Some(met) => met,
                None if queue.id() == 0 => {
                    panic!(
                        "you refuse the id 0: it is an id like any other, and the first one given"
                    )
                }
                None => panic!("the file says {text:?}, and you find no id in it"),
            };
            room.watch(met.id());
            send(queue.id(), 1, b"hello").expect("room for a message");
            assert!(
                met == queue,
                "you have another queue than the one in the file: the other side waits in it for \
                 messages that go elsewhere"
            );
            assert!(
                receive(met.id()).is_some(),
                "the message is not in your queue"
            );
        }
        clear(room);
    });
}

#[test]
fn first_id_is_0() {
    alone(|_| {
        assert!(
            ask("0") == Some(Queue::from_id(0)),
            "you refuse the id 0: it is an id like any other, and the first one given"
        );
    });
}

#[test]
fn line_break_does_no_harm() {
    alone(|_| {
        for text in ["7\n", " 7 \r\n"] {
            assert!(
                ask(text) == Some(Queue::from_id(7)),
                "the file says {text:?}, and you do not find the 7 in it: an editor leaves a line \
                 break"
            );
        }
    });
}

#[test]
fn everything_else_is_refused() {
    alone(|_| {
        for text in ["", "\n", "seven", "7 8", "99999999999"] {
            let met = ask(text);
            assert!(
                met.is_none(),
                "{text:?} holds no id, and you make a queue of it all the same: {met:?}"
            );
        }
        assert!(
            ask("-1").is_none(),
            "you accept -1: that is what msgget returns instead of an id"
        );
    });
}
