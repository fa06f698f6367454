use super::*;
use std::panic::catch_unwind;

const WORD: usize = size_of::<c_long>();

/// A message of type 1 with two words of bytes: as many a as fit, then as many b.
fn words() -> [c_long; 3] {
    let word = |byte| c_long::from_ne_bytes([byte; WORD]);
    [1, word(b'a'), word(b'b')]
}

#[test]
fn bytes_of_the_message_are_seen() {
    let words = words();
    let text = [[b'a'; WORD], [b'b'; WORD]].concat();
    for len in [0, 1, WORD, WORD + 1, 2 * WORD] {
        let Some(seen) = bytes(&words, len) else {
            panic!(
                "you refuse {len} bytes, and the message has {}: is your bound a number of words?",
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
            "you give the bytes of the type: the message begins behind the first word"
        );
        assert!(
            seen == &text[..len],
            "the bytes are not those of the message: {seen:?}"
        );
    }
}

#[test]
fn no_byte_after_the_message_is_seen() {
    // Looked at only from afar: whoever gives it is wrong already.
    let given = |len| bytes(&words()[..], len).map(<[u8]>::len);
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
}

#[test]
fn message_without_a_type_is_refused() {
    let Ok(none) = catch_unwind(|| bytes(&[], 0).map(<[u8]>::len)) else {
        panic!("you panic at memory without a word: `None` is the answer for it");
    };
    assert!(
        none.is_none(),
        "there is no word for the type, and you give a message all the same"
    );
    assert!(
        bytes(&[1], 0) == Some(&[]),
        "a type alone is a message of 0 bytes, and you refuse it"
    );
}
