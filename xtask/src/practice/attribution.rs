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
mod tests;
