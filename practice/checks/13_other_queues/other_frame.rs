use super::*;
use nix::errno::Errno;
use practice::{edges, yours};

#[path = "other_frame/errors.rs"]
mod errors;
#[path = "other_frame/pipe.rs"]
mod pipe;
use pipe::{Pipe, frame, outcome, shown};

#[test]
fn message_comes_whole() {
    let lengths = [1, 127, 128, 255, 256, 257, 511, 4096, 8191, 8192];
    let long = lengths.map(|length| (format!("{length} bytes"), vec![b'x'; length]));
    for (what, bytes) in edges::bytes().into_iter().chain(long) {
        let mut pipe = Pipe::with(&frame(&bytes));
        let next = pipe.ask("a whole message");
        assert!(
            !bytes.is_empty() || !matches!(next, Ok(None)),
            "a message without bytes is one all the same, and you return None: the end is something else"
        );
        assert!(
            outcome(&next) == Ok(Some(&bytes)),
            "a message with {what} was there, in one piece with its length, and you return {}",
            shown(&next)
        );
    }
}

/// Whether your function takes a message that comes in one piece; another test says it if not.
fn takes_one() -> bool {
    let next = practice::failure(|| {
        for bytes in [&[b'x'; 5][..], &[b'x'; 300]] {
            let next = Pipe::with(&frame(bytes)).ask("a whole message");
            assert!(outcome(&next) == Ok(Some(bytes)), "that is for another test");
        }
    });
    next.is_none()
}

#[test]
fn boundaries_are_kept_however_the_bytes_come() {
    if !takes_one() {
        return;
    }
    let messages = [&b"first"[..], b"", b"the second", &[b'x'; 8192], b"", b"z"];
    let bytes = messages.map(frame).concat();
    for most in [0, 1, 2, 3, 5, 7, 4096] {
        let mut pipe = Pipe { most, ..Pipe::with(&bytes) };
        let mut read = 0;
        for (number, message) in (1..).zip(messages) {
            let next = pipe.ask("one of several messages");
            read += 4 + message.len();
            assert!(
                pipe.at <= read,
                "you have read {} bytes of what comes after message {number}: whoever calls you next \
                 does not find them",
                pipe.at - read
            );
            // Another test has words for a message without bytes.
            if message.is_empty() && !matches!(next, Err(_) | Ok(Some(_))) {
                return;
            }
            assert!(
                outcome(&next) == Ok(Some(message)),
                "`read` hands out {} at a time, and of a message of {} bytes you make {}: it may return \
                 less than there was room for, of the length and of the rest",
                if most == 0 {
                    "all that it can".to_owned()
                } else {
                    format!("{most} bytes at most")
                },
                message.len(),
                shown(&next)
            );
        }
    }
}

#[test]
fn end_is_an_end_between_messages_only() {
    let next = Pipe::with(b"").ask("the end of the stream");
    assert!(
        outcome(&next) == Ok(None),
        "the stream ended before a message began, which is `None`, and you return {}",
        shown(&next)
    );
    if !takes_one() {
        return;
    }
    // The first byte of the second length is 0.
    for (whole, most) in [(frame(b"hello"), 0), (frame(b"hello"), 1), (frame(&[b'x'; 256]), 0)] {
        let length = whole.len() - 4;
        for cut in 1..whole.len() {
            let next = Pipe { most, ..Pipe::with(&whole[..cut]) }.ask("a message that is cut");
            let due = matches!(&next, Err(error) if error.kind() == ErrorKind::UnexpectedEof);
            assert!(
                cut >= 4 || due,
                "the stream ended after {cut} of the 4 bytes of a length, which is UnexpectedEof, and you \
                 return {}",
                shown(&next)
            );
            assert!(
                cut != 4 || due,
                "the stream ended after a length, where {length} bytes should have come, and you return {}",
                shown(&next)
            );
            assert!(
                due,
                "the stream ended after {} of the {length} bytes of a message, and you return {}: half a message \
                 is none",
                cut - 4,
                shown(&next)
            );
        }
    }
}

fn reads_ahead() -> bool {
    let mut pipe = Pipe::with(&[frame(b"hello"), frame(b"world")].concat());
    let _ = pipe.ask("the first of two messages");
    pipe.at > 9
}

#[test]
fn absurd_length_is_refused() {
    if !takes_one() {
        return;
    }
    let lengths =
        [8193, 8194, 8200, 65_535, 65_536, 65_541, 1 << 24, 1 << 31, u32::MAX - 1, u32::MAX];
    for length in lengths {
        let mut pipe = Pipe::with(&[&length.to_le_bytes()[..], &[b'x'; 70_000]].concat());
        let next = pipe.ask(&format!("a length of {length}"));
        assert!(
            next.is_err(),
            "the length {length} is more than {MOST}, and you return {}: whoever writes it decides how \
             much memory you take",
            shown(&next)
        );
        // Another test has words for a function that reads ahead.
        assert!(
            pipe.at == 4 || reads_ahead(),
            "the length {length} is more than {MOST}, and you read {} bytes before you refuse it",
            pipe.at - 4
        );
        assert!(
            matches!(&next, Err(error) if error.kind() == ErrorKind::InvalidData),
            "the length {length} is more than {MOST}, which is InvalidData, and you return {}",
            shown(&next)
        );
    }
}

#[test]
fn real_pipe_agrees() {
    if !takes_one() {
        return;
    }
    let (reader, writer) = nix::unistd::pipe().expect("a pipe");
    nix::unistd::write(&writer, &[frame(b"hello"), frame(b"world")].concat()).expect("it fits");
    drop(writer);
    let mut reader = std::fs::File::from(reader);
    for due in [Some(&b"hello"[..]), Some(b"world")] {
        let next = yours("a real pipe", || next_message(&mut reader));
        assert!(
            outcome(&next) == Ok(due),
            "a real pipe holds `hello` and `world`, and its writer is gone; {:?} was to come next, and you \
             return {}",
            due.map(String::from_utf8_lossy),
            shown(&next)
        );
    }
}
