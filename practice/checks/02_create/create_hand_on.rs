use super::*;
use practice::edges::{NEGATIVE_TEXTS, NOT_NUMBER_TEXTS, NUMBER_TEXTS};
use practice::{alone, clear, queue, receive, send, yours};

fn ask(text: &str) -> Option<Queue> {
    yours(format_args!("the text {text:?}"), || meet(text))
}

fn written(queue: Queue) -> String {
    let at = format_args!("the queue with id {}", queue.id()).to_string();
    yours(at, || introduce(queue))
}

#[track_caller]
fn accepts_zero(met: Option<Queue>, text: &str) {
    assert!(
        met.is_some() || text.trim() != "0",
        "you refuse the id 0: it is an id like any other, and the first one given"
    );
}

#[test]
fn other_program_reaches_the_queue() {
    alone(|room| {
        // In a namespace of its own the first of the two has the id 0.
        for _ in 0..2 {
            let queue = queue(room);
            let text = written(queue);
            let met = ask(&text);
            accepts_zero(met, &text);
            let Some(met) = met else {
                panic!("the file says {text:?}, and you find no id in it");
            };
            room.watch(met.id());
            send(queue.id(), 1, b"hello").expect("room for a message");
            assert!(
                met == queue,
                "you have another queue than the one in the file: the other side waits in it for \
                 messages that go elsewhere"
            );
            assert!(receive(met.id()).is_some(), "the message is not in your queue");
        }
        clear(room);
    });
}

#[test]
fn every_id_is_written_and_read() {
    alone(|_| {
        for (text, id) in NUMBER_TEXTS {
            let queue = Queue::from_id(id);
            let yours = written(queue);
            assert!(
                yours.trim() == text,
                "the id is {text}, and you write {yours:?}: the other side may be somebody else's \
                 program, which reads one decimal number"
            );
            let met = ask(text);
            accepts_zero(met, text);
            assert!(
                met == Some(queue),
                "the file says {text}, which is an id, and you return {met:?}"
            );
        }
    });
}

#[test]
fn line_break_does_no_harm() {
    alone(|_| {
        for text in ["7\n", " 7 \r\n", "\t7\n\n"] {
            let met = ask(text);
            assert!(
                met == Some(Queue::from_id(7)),
                "the file says {text:?}, and you return {met:?}, not the 7: an editor leaves a line \
                 break"
            );
        }
    });
}

#[test]
fn everything_else_is_refused() {
    alone(|_| {
        for text in NOT_NUMBER_TEXTS {
            let met = ask(text);
            assert!(
                met.is_none(),
                "{text:?} holds no id, and you make a queue of it all the same: {met:?}. An id is a \
                 number from 0 to 2147483647"
            );
        }
        for text in NEGATIVE_TEXTS {
            let met = ask(text);
            assert!(
                met.is_none(),
                "you accept {text} as {met:?}: an id is never negative, and -1 is what msgget returns \
                 instead of one"
            );
        }
    });
}
