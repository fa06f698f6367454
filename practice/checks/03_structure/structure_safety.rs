use super::*;
use nix::sys::wait::WaitStatus;
use practice::{in_a_child, yours};

#[path = "structure_safety/proof.rs"]
mod proof;

const WORD: usize = size_of::<c_long>();

/// A message of type 1 with two words of bytes: as many a as fit, then as many b.
fn words() -> [c_long; 3] {
    let word = |byte| c_long::from_ne_bytes([byte; WORD]);
    [1, word(b'a'), word(b'b')]
}

fn ask(words: &[c_long], len: usize) -> Option<&[u8]> {
    let at = format!("{} words and a length of {len}", words.len());
    yours(at, || bytes(words, len))
}

#[test]
fn bytes_of_the_message_are_seen() {
    let words = words();
    let text = [[b'a'; WORD], [b'b'; WORD]].concat();
    for len in 0..=2 * WORD {
        let Some(seen) = ask(&words, len) else {
            panic!(
                "you refuse {len} bytes, and the message has {}: is your bound a number of words, or \
                 does it take the type's word off twice?",
                2 * WORD
            );
        };
        assert!(
            seen.len() == len,
            "{len} bytes were asked for, and you give {}: the others are those of an older message",
            seen.len()
        );
        assert!(
            !seen.starts_with(&1_u8.to_ne_bytes()) && !seen.starts_with(&[0]),
            "you give the bytes of the type: the message begins after the first word"
        );
        assert!(
            seen == &text[..len],
            "the bytes must be those of the message, \"{}\", and yours are \"{}\"",
            text[..len].escape_ascii(),
            seen.escape_ascii()
        );
        assert!(
            len == 0 || seen.as_ptr() == words[1..].as_ptr().cast(),
            "you give a copy of the bytes: the function shows those of the message itself"
        );
    }
}

#[test]
fn no_byte_after_the_message_is_seen() {
    // Looked at only from afar: whoever gives it is wrong already.
    let given = |len| ask(&words()[..], len).map(<[u8]>::len);
    assert!(
        given(1000) != Some(1000),
        "a message of {} bytes, and you give 1000: the rest is memory of others. Nothing in your \
         code knows how large `words` is",
        2 * WORD
    );
    for more in 1..=WORD {
        assert!(
            given(2 * WORD + more).is_none(),
            "a message of {} bytes, and you give {}: does your bound count the type?",
            2 * WORD,
            2 * WORD + more
        );
    }
    let bits = usize::BITS;
    let half = 1 << (bits - 1);
    let near_the_end = (0..=2 * WORD).map(|less| usize::MAX - less);
    let wraps = [1 << (bits / 2), half - 1, half, half + 1, half + WORD, usize::MAX / WORD];
    let wraps = wraps.into_iter().flat_map(|len| [len, len + 1]);
    for len in near_the_end.chain(wraps) {
        assert!(
            survives(len) && given(len).is_none(),
            "a message of {} bytes, and at a length of {len} you give bytes: does your bound wrap round \
             at the largest numbers?",
            2 * WORD
        );
    }
}

/// Whether the program goes on after that: a slice that is longer than memory ends it.
fn survives(len: usize) -> bool {
    let ended = in_a_child(|| {
        // SAFETY: close takes a number. The child says nothing, and what is wrong is said here.
        unsafe { libc::close(libc::STDERR_FILENO) };
        let _ = support::caught(|| bytes(&words()[..], len).is_some());
    });
    matches!(ended, WaitStatus::Exited(_, 0))
}

#[test]
fn message_without_a_type_is_refused() {
    for len in [0, 1, WORD, usize::MAX] {
        let given = ask(&[], len).map(<[u8]>::len);
        assert!(
            given.is_none(),
            "there is no word for the type, and you give a message all the same"
        );
    }
    assert!(ask(&[1], 0) == Some(&[]), "a type alone is a message of 0 bytes, and you refuse it");
    assert!(
        ask(&[1], 1).is_none(),
        "a type alone is a message of 0 bytes, and you give 1: is there a bound, and is it the \
         length of what follows the type?"
    );
}
