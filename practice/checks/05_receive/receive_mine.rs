use super::*;
use ch02_create::Queue;
use practice::{Worker, alone, queue, send, until};

/// What your function returns to flat 7.
#[track_caller]
fn ask(queue: Queue) -> Option<String> {
    let me = MessageType::new(7).expect("7 is a type");
    let worker = Worker::start(move || next_letter(&mut Receiver::new(queue), me));
    until(
        "your function to return: if there is no letter for flat 7, it is to say so, and it waits for one",
        || worker.has_ended(),
    );
    let Some(asked) = worker.result() else {
        panic!(
            "your function panics at what somebody wrote: the NUL, and UTF-8, are promises of the \
             sender, and you do not know the sender"
        );
    };
    match asked {
        Ok(letter) => letter,
        Err(errno) => {
            panic!("you return {errno}: that there is no letter is None, and no error")
        }
    }
}

#[test]
fn letters_for_others_stay() {
    alone(|room| {
        let queue = queue(room);
        for (flat, text) in [(9, "nine\0"), (3, "three\0"), (7, "seven\0")] {
            send(queue.id(), flat, text.as_bytes()).expect("room for it");
        }
        let letter = ask(queue);
        let letter = letter.as_deref().map(|text| text.trim_end_matches('\0'));
        assert!(
            letter != Some("nine"),
            "you have opened the letter on top, which is for flat 9: `Any` asks for no address"
        );
        assert!(
            letter != Some("three"),
            "you have opened a letter for flat 3: `UpTo` gives the lowest number, not yours"
        );
        assert_eq!(letter, Some("seven"), "the letter for flat 7 is there");
        let left = room.queues().first().map(|entry| entry.qnum);
        assert_eq!(left, Some(2), "the other two letters stay");
        room.remove(queue.id());
    });
}

#[test]
fn no_letter_is_none() {
    alone(|room| {
        let queue = queue(room);
        assert_eq!(ask(queue), None, "the queue is empty");
        room.remove(queue.id());
    });
}

#[test]
fn text_ends_at_the_first_nul() {
    alone(|room| {
        let queue = queue(room);
        let ask_about = |bytes: &[u8]| {
            send(queue.id(), 7, bytes).expect("room for it");
            ask(queue).expect("the letter that was just sent")
        };
        let text = ask_about(b"hello\0");
        assert!(text != "hello\0", "the NUL is in your text: it ends before");
        assert_eq!(text, "hello", "a text and a NUL were sent");
        let text = ask_about(b"hello");
        assert!(
            text != "hell",
            "somebody sent no NUL, and you have cut a letter off: look for it before you take it away"
        );
        assert_eq!(text, "hello", "a text without a NUL was sent");
        let text = ask_about(b"hello\0old password\0");
        assert!(
            !text.contains("password"),
            "the text ended at the first NUL, and you have read on: {text:?}"
        );
        assert_eq!(text, "hello", "the text ends at the first NUL");
        assert_eq!(
            ask_about(b""),
            "",
            "a letter without bytes is an empty text"
        );
        let text = ask_about(b"caf\xe9\0");
        assert_eq!(text, "caf\u{fffd}", "what is not UTF-8 is replaced");
        room.remove(queue.id());
    });
}
