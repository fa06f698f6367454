use super::*;
use ch02_create::Queue;
use nix::errno::Errno;
use practice::{Call, Worker, alone, count, edges, errnos, failing, queue, send, until, yours};

/// What your function returns to a flat.
#[track_caller]
fn ask(queue: Queue, flat: i64, what: &str) -> Option<String> {
    let me = MessageType::new(flat).expect("a type");
    let worker = Worker::start(move || next_letter(&mut Receiver::new(queue), me));
    until(
        &format!(
            "your function to return: if there is no letter for flat {flat}, it must say so, and it \
             waits for one"
        ),
        || worker.has_ended(),
    );
    let asked = worker.returned(format_args!(
        "{what}. The NUL, and UTF-8, are promises of the sender, and you do not know the sender"
    ));
    match asked {
        Ok(letter) => letter,
        Err(errno) => panic!(
            "{what}: you return {errno:?}, and nothing is wrong: that there is no letter is None, and \
             not an error"
        ),
    }
}

#[test]
fn letters_for_others_stay() {
    alone(|room| {
        let queue = queue(room);
        let letters =
            [(9, "nine\0"), (3, "three\0"), (7, "seven\0"), (7, "again\0"), (5, "five\0")];
        for (flat, text) in letters {
            send(queue.id(), flat, text.as_bytes()).expect("room for it");
        }
        let letter = ask(queue, 7, "a letter for flat 7");
        let letter = letter.as_deref().map(|text| text.trim_end_matches('\0'));
        assert!(
            letter != Some("nine"),
            "you have opened the letter on top, which is for flat 9: `Any` asks for no address"
        );
        assert!(
            letter != Some("three"),
            "you have opened a letter for flat 3: `UpTo` gives the lowest number, not yours"
        );
        assert!(
            letter == Some("seven"),
            "the older of the two letters for flat 7 says \"seven\", and you return {letter:?}"
        );
        let left = count(room, queue.id());
        assert!(
            left == Some(4),
            "you were asked for one letter, and four must stay: {left:?} are there"
        );
        let letter = ask(queue, 5, "a letter for flat 5");
        let letter = letter.as_deref().map(|text| text.trim_end_matches('\0'));
        assert!(
            letter == Some("five"),
            "flat 5 asks, whose letter says \"five\", and you return {letter:?}: the flat is the one \
             that `me` says"
        );
        let letter = ask(queue, i64::MAX, "no letter for the last flat of all");
        assert!(letter.is_none(), "there is no letter for this flat, and you return {letter:?}");
        room.remove(queue.id());
    });
}

#[test]
fn no_letter_is_none() {
    alone(|room| {
        let queue = queue(room);
        let letter = ask(queue, 7, "an empty queue");
        assert!(letter.is_none(), "the queue is empty, and you return {letter:?}");
        send(queue.id(), 7, b"").expect("room for it");
        let letter = ask(queue, 7, "a letter without bytes");
        assert!(
            letter.as_deref() == Some(""),
            "a letter without bytes is an empty text, and you return {letter:?}"
        );
        room.remove(queue.id());
    });
}

#[test]
fn other_errors_are_returned() {
    alone(|room| {
        let queue = queue(room);
        let me = MessageType::new(7).expect("7 is a type");
        // A receiver itself deals with a message that is too long.
        for errno in errnos::but(&errnos::RECEIVE, &[Errno::ENOMSG, Errno::E2BIG]) {
            let is_receive = |call| matches!(call, Call::Receive(..));
            let asked = yours("an error of msgrcv", || {
                failing(is_receive, 1, errno, || next_letter(&mut Receiver::new(queue), me))
            });
            let asked = asked.expect("a receiver calls msgrcv");
            assert!(
                asked != Ok(None),
                "msgrcv has failed with {errno:?}, and you say that there is no letter: whoever asks \
                 again will ask forever"
            );
            assert!(
                asked == Err(errno),
                "msgrcv has failed with {errno:?}, and you return {asked:?}: hand the error on as it is"
            );
        }
        room.remove(queue.id());
    });
}

#[test]
fn text_ends_at_the_first_nul() {
    alone(|room| {
        let queue = queue(room);
        let ask_about = |bytes: &[u8], what: &str| {
            send(queue.id(), 7, bytes).expect("room for it");
            let letter = ask(queue, 7, what);
            letter.unwrap_or_else(|| panic!("{what}: it was there, and you return None"))
        };
        let text = ask_about(b"hello\0", "a letter \"hello\" with a NUL");
        assert!(text != "hello\0", "the NUL is in your text: it ends before");
        assert!(text == "hello", "\"hello\" and a NUL were sent, and you return {text:?}");
        let text = ask_about(b"hello", "a letter \"hello\" without a NUL");
        assert!(
            text != "hell",
            "somebody sent no NUL, and you have cut a letter off: look for it before you take it away"
        );
        assert!(text == "hello", "\"hello\" was sent without a NUL, and you return {text:?}");
        let text = ask_about(b"hello\0old password\0", "a letter with something after its NUL");
        assert!(
            !text.contains("password"),
            "the text ended at the first NUL, and you have read on: {text:?}"
        );
        for (what, bytes) in edges::bytes() {
            let bytes = &bytes[..];
            let end = bytes.iter().position(|byte| *byte == 0);
            let right = String::from_utf8_lossy(&bytes[..end.unwrap_or(bytes.len())]);
            let text = ask_about(bytes, &format!("a letter with {what}"));
            assert!(
                text.trim() != right.trim() || text == right,
                "a letter with {what}: blanks and line breaks at its ends are part of the text, and you \
                 took them away"
            );
            assert!(
                text == right,
                "a letter with {what}: you return {text:?}, and it is {right:?}. Nothing but what is not \
                 UTF-8 is replaced, by U+FFFD"
            );
        }
        room.remove(queue.id());
    });
}
