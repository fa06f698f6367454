use std::path::Path;

use super::super::sentences::{Sentence, sentences};
use super::{check, sentence};

const CHECK: &str = r##"
//! "A comment is not a sentence."
#[path = "also not a sentence"]
mod more;

#[track_caller]
fn arrives(sent: bool, what: &str) {
    assert!(sent, "{what}: you return Ok, and the message is \
        not in the queue");
}

#[test]
fn full_queue() {
    assert!(a == 1, "the queue was full, and you count a line that was not sent");
    assert!(a == 0, "the queue was full, and you return {sent:?}: that is {{}} and not an error");
    arrives(true, "a text of two bytes");
}

#[test]
fn removed_queue() {
    assert!(b, "the queue was removed, and you return {sent:?}");
    until("your function to return: it asks forever", || true);
}
"##;

fn all() -> Vec<Sentence> {
    sentences(Path::new("checks/a.rs"), CHECK).unwrap()
}

/// Where the sentence begins, or the reason why there is none.
fn line(message: &str) -> Result<usize, String> {
    sentence(message, &all()).map(|sentence| sentence.line)
}

#[test]
fn message_of_one_sentence_is_attributed_to_it() {
    for (message, expected) in [
        ("you count a line that was not sent", 14),
        ("the queue was full, and you return Err(EINTR): that is {}", 15),
        ("and you return Ok(2): that is", 15),
        ("\"x\": you return Ok, and the message is not in the queue", 8),
        ("the queue was removed, and you return Err(EAGAIN)", 21),
    ] {
        assert_eq!(line(message), Ok(expected), "{message}");
    }
}

#[test]
fn message_of_several_sentences_is_an_error_that_names_them() {
    let error = line("the queue was full, and you").unwrap_err();
    assert!(error.ends_with("checks/a.rs:14, checks/a.rs:15"), "{error}");
    let error = line(", and you return Err(EIDRM)").unwrap_err();
    assert!(error.ends_with("checks/a.rs:15, checks/a.rs:21"), "{error}");
}

#[test]
fn message_of_no_sentence_is_an_error() {
    for message in ["A comment is not a sentence", "also not a sentence", "Err(EINTR)", ""] {
        let error = line(message).unwrap_err();
        assert!(error.ends_with("is a piece of no sentence of the tests"), "{error}");
    }
}

/// What a failing test says, and the verdict on this message in it.
fn checked(message: &str, place: &str, said: &str) -> Result<(), String> {
    let failure =
        format!("a stdout ----\nthread 'a' (7) panicked at {place}:\n{said}\nnote: run with `X`\n");
    let all = all();
    check(&failure, message, sentence(message, &all)?, &all)
}

#[test]
fn sentence_is_said_in_its_own_function_or_by_the_caller_of_a_helper() {
    let (removed, said) = ("the queue was removed", "the queue was removed, and you return Ok");
    assert_eq!(checked(removed, "/home/checks/a.rs:21:5", said), Ok(()));
    let elsewhere = ["/home/checks/a.rs:14:5", "/home/checks/b.rs:21:5", "src/main.rs:21:5"];
    for place in elsewhere {
        let error = checked(removed, place, said).unwrap_err();
        assert!(error.ends_with("and not from the sentence at checks/a.rs:21"), "{error}");
    }
    let (helpers, said) = (
        "you return Ok, and the message is not in",
        "text: you return Ok, and the message is not in the queue",
    );
    assert_eq!(checked(helpers, "/home/checks/a.rs:16:5", said), Ok(()));
}

#[test]
fn sentence_of_a_table_is_said_by_the_assertion_that_has_it_as_an_argument() {
    let row = "a text of two bytes";
    let said = "the queue was removed, and you return a text of two bytes";
    assert_eq!(checked(row, "/home/checks/a.rs:21:5", said), Ok(()));
    let said = "your function panics at nothing: a text of two bytes";
    assert!(checked(row, "/home/checks/a.rs:21:5", said).is_err());
}

#[test]
fn message_that_something_else_says_is_an_error() {
    let said = "your function panics at a text: the queue was removed";
    assert!(checked("the queue was removed", "/home/checks/a.rs:21:5", said).is_err());
}

#[test]
fn vain_wait_is_said_where_the_test_began() {
    let said =
        "test t is not done after 4s; it was waiting for: your function to return: it asks forever";
    assert_eq!(checked("it asks forever", "/home/checks/a.rs:13:5", said), Ok(()));
    let panics = "your function to return: it asks forever";
    assert!(checked("it asks forever", "/home/checks/a.rs:13:5", panics).is_err());
}
