//! Which assertion a message of a row comes from.
//!
//! A row says what the tests have to say of its mistake. If that could come from two assertions,
//! the one that is meant may fall silent, and nobody notices.

use super::sentences::Sentence;

/// The one sentence of which the message is a piece.
///
/// A sentence's arguments can be anything, so the message may be a piece of several; then it is of
/// the one whose text is most of it.
pub(super) fn sentence<'a>(
    message: &str,
    sentences: impl IntoIterator<Item = &'a Sentence>,
) -> Result<&'a Sentence, String> {
    let mut most = 1;
    let mut best: Vec<&Sentence> = Vec::new();
    for sentence in sentences {
        let shared = sentence.shares(message);
        if shared > most {
            most = shared;
            best.clear();
        }
        if shared == most {
            best.push(sentence);
        }
    }
    match *best {
        [one] => Ok(one),
        [] => Err(format!("{message:?} is a piece of no sentence of the tests")),
        _ => {
            let places = best.iter().map(|sentence| format!("{}:{}", sentence.file, sentence.line));
            let places: Vec<_> = places.collect();
            Err(format!(
                "{message:?} can come from several assertions, and has to name one: {}",
                places.join(", ")
            ))
        }
    }
}

/// Whether a failing test, which says the message, says it with this one of the sentences, and at
/// its place or as an argument of the sentence that is there.
pub(super) fn check<'a>(
    failure: &str,
    message: &str,
    sentence: &Sentence,
    sentences: impl IntoIterator<Item = &'a Sentence>,
) -> Result<(), String> {
    let Some(panic) = panic_with(failure, message) else {
        return Err("is not what a panic says".to_owned());
    };
    let Panic { file, line, said } = panic;
    // What is waited for in vain is said at the end of the test, where that began.
    let in_place = said.contains(AWAITED)
        || sentence.can_be_from(file, line)
        || sentences.into_iter().any(|other| other.has_arguments_at(file, line, said));
    if !sentence.is_in(said) || !in_place {
        return Err(format!(
            "comes from {file}:{line}, and not from the sentence at {}:{}",
            sentence.file, sentence.line
        ));
    }
    Ok(())
}

/// How the harness says what a test was waiting for when its time was up.
const AWAITED: &str = "; it was waiting for: ";

struct Panic<'a> {
    file: &'a str,
    line: usize,
    /// What it says, and what comes after that.
    said: &'a str,
}

/// The panic whose text the message is in.
fn panic_with<'a>(failure: &'a str, message: &str) -> Option<Panic<'a>> {
    const BEGIN: &str = " panicked at ";
    let end = failure.find(message)?;
    let begin = failure[..end].rfind(BEGIN)? + BEGIN.len();
    let (place, said) = failure[begin..].split_once(":\n")?;
    let (place, _column) = place.rsplit_once(':')?;
    let (file, line) = place.rsplit_once(':')?;
    Some(Panic { file, line: line.parse().ok()?, said })
}

#[cfg(test)]
mod tests {
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
        let failure = format!(
            "a stdout ----\nthread 'a' (7) panicked at {place}:\n{said}\nnote: run with `X`\n"
        );
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
        let said = "test t is not done after 4s; it was waiting for: your function to return: it asks forever";
        assert_eq!(checked("it asks forever", "/home/checks/a.rs:13:5", said), Ok(()));
        let panics = "your function to return: it asks forever";
        assert!(checked("it asks forever", "/home/checks/a.rs:13:5", panics).is_err());
    }
}
