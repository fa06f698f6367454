use super::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

fn empty() -> DocumentMessage {
    DocumentMessage {
        message_type: 1,
        text: [0; 256],
    }
}

/// What is sent of a text, after another one.
fn after(before: &[u8], text: &[u8]) -> Option<Vec<u8>> {
    let mut message = empty();
    message.set_text(before);
    let result = catch_unwind(AssertUnwindSafe(|| {
        written(&mut message, text).map(<[u8]>::to_vec)
    }));
    result.unwrap_or_else(|_| {
        panic!(
            "you panic at a text of {} bytes: refuse with None what does not fit",
            text.len()
        )
    })
}

#[test]
fn nothing_of_the_text_before_is_sent() {
    let sent = after(b"correct horse battery staple", b"hi").expect("a short text fits");
    assert!(
        !sent.windows(6).any(|part| part == b"staple"),
        "a password was typed, then \"hi\", and the second message carries the end of the \
         password: the array is sent whole, and copying a text in leaves what stood behind it"
    );
    assert!(
        sent.len() < 256,
        "256 bytes are sent for a text of 2: nothing secret is in them, but 64 such messages fill \
         a queue"
    );
    assert!(
        sent != b"hi",
        "the NUL is not sent: the other side is a C program and would read on behind the text"
    );
    assert_eq!(
        sent.escape_ascii().to_string(),
        "hi\\x00",
        "what is sent is not the text and a NUL"
    );
}

#[test]
fn longest_text_fits() {
    let text = [b'x'; 255];
    let Some(sent) = after(b"", &text) else {
        panic!("255 bytes and a NUL are 256, so they fit, and you refuse them");
    };
    assert!(
        sent.starts_with(&text),
        "of a text of 255 bytes only {} are sent",
        sent.len()
    );
}

#[test]
fn text_that_is_too_long_is_refused() {
    for length in [256, 257, 1000] {
        let sent = after(b"", &vec![b'x'; length]);
        assert!(
            sent.is_none(),
            "a text of {length} bytes is cut, and nobody is told: refuse with None what does not fit"
        );
    }
}
