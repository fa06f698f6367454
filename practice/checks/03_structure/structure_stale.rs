use super::*;
use practice::edges;
use practice::yours;
use std::ffi::c_long;

/// What is sent of a text, after another one; and the message as it is then.
#[track_caller]
fn after(
    before: &[u8],
    what: &str,
    text: &[u8],
    message_type: c_long,
) -> (Option<Vec<u8>>, DocumentMessage) {
    let mut message = DocumentMessage { message_type, text: [0; 256] };
    message.set_text(before);
    let at = format!("a text with {what} (refuse with None what does not fit)");
    let sent = yours(at, || written(&mut message, text).map(<[u8]>::to_vec));
    assert!(
        message.message_type == message_type,
        "the message had type {message_type}, and now it has type {}: put the text into the message \
         that you were given, and leave its type alone",
        message.message_type
    );
    (sent, message)
}

#[track_caller]
fn is_with_nul(sent: &[u8], text: &[u8]) {
    assert!(
        sent != text,
        "the NUL is not sent: the other side is a C program and would read on after the text"
    );
}

#[test]
fn nothing_of_the_text_before_is_sent() {
    let (sent, _) = after(b"correct horse battery staple", "2 bytes", b"hi", 1);
    let Some(sent) = sent else {
        panic!("a text of 2 bytes fits, and you refuse it");
    };
    assert!(
        !sent.windows(6).any(|part| part == b"staple"),
        "a password was typed, then \"hi\", and the second message carries the end of the \
         password: the array is sent whole, and copying a text in leaves what was after it"
    );
    assert!(
        sent.len() < 256,
        "256 bytes are sent for a text of 2: nothing secret is in them, but each takes room in the \
         queue"
    );
    is_with_nul(&sent, b"hi");
    assert!(
        sent == b"hi\0",
        "what is sent of \"hi\" must be the text and a NUL, and it is \"{}\"",
        sent.escape_ascii()
    );
}

#[test]
fn every_text_that_fits_is_sent_as_it_is() {
    let texts = edges::bytes().into_iter();
    let before = [&b"correct horse battery staple"[..], &[b'y'; 255], b""];
    for (what, text) in texts.filter(|(_, text)| text.len() <= 255) {
        for (before, message_type) in before.into_iter().zip([7, c_long::MAX, 1]) {
            let (sent, message) = after(before, &what, &text, message_type);
            let Some(sent) = sent else {
                assert!(
                    text.len() < 255,
                    "255 bytes and a NUL are 256, so they fit, and you refuse them"
                );
                panic!("a text with {what} fits into 256 bytes, and you refuse it");
            };
            assert!(
                sent.len() < 256 || text.len() == 255,
                "256 bytes are sent for a text with {what}, which has {}: 64 such messages fill a queue",
                text.len()
            );
            let right = [&text[..], b"\0"].concat();
            is_with_nul(&sent, &text);
            assert!(
                sent == right,
                "a text with {what} is not sent as it is, with a NUL after it: \"{}\" is sent in place of \
                 \"{}\"",
                sent.escape_ascii(),
                right.escape_ascii()
            );
            assert!(
                message.text.starts_with(&right),
                "you return the text of {what}, and it is not in the message that you were given"
            );
        }
    }
}

#[test]
fn text_that_is_too_long_is_refused() {
    for length in [256, 257, 300, 1000, 65_536] {
        let what = format!("{length} bytes");
        let (sent, message) = after(b"before", &what, &vec![b'x'; length], 7);
        assert!(
            sent.is_none(),
            "a text of {length} bytes is cut, and nobody learns of it: refuse with None what does not fit"
        );
        assert!(
            message.text.starts_with(b"before\0") && message.text[7..] == [0; 249],
            "you refuse a text of {length} bytes, and have changed the message all the same: ask first"
        );
    }
}
