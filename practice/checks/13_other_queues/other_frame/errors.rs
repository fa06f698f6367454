//! Signals and errors, at each call of `read`.

use super::*;

/// Whether your function knows the end; another test says it if not.
fn ends() -> bool {
    matches!(Pipe::with(b"").ask("the end of the stream"), Ok(None))
}

/// Whether your function takes a message that comes byte by byte; another test says it if not.
fn takes_pieces() -> bool {
    let next = Pipe { most: 1, ..Pipe::with(&frame(b"hello")) }.ask("a message in pieces");
    outcome(&next) == Ok(Some(b"hello"))
}

#[test]
fn signal_loses_nothing() {
    if !takes_one() {
        return;
    }
    let bytes = [frame(b"hello"), frame(b"world")].concat();
    for most in [0, 1] {
        if most == 1 && !takes_pieces() {
            return;
        }
        let mut pipe = Pipe { signals: true, most, ..Pipe::with(&bytes) };
        for due in [b"hello", b"world"] {
            let next = pipe.ask("a signal before each call that returns something");
            assert!(
                most == 1 || outcome(&next) == Ok(Some(due)),
                "a signal interrupts `read` (EINTR), and you return {}: make the call again",
                shown(&next)
            );
            assert!(
                outcome(&next) == Ok(Some(due)),
                "a signal interrupts `read` in the middle of a message, and you return {}: what was read \
                 before it counts",
                shown(&next)
            );
        }
        let next = pipe.ask("a signal before the end");
        assert!(
            outcome(&next) == Ok(None) || !ends(),
            "a signal comes before the end (EINTR), and you return {}",
            shown(&next)
        );
    }
}

#[test]
fn errors_are_returned() {
    if !takes_one() {
        return;
    }
    for errno in [Errno::EIO, Errno::EAGAIN, Errno::EBADF, Errno::EISDIR, Errno::ENOMEM] {
        for nth in 1..=9 {
            let mut pipe =
                Pipe { fails: Some((nth, errno)), most: 1, ..Pipe::with(&frame(b"hello")) };
            let next = pipe.ask("an error of `read`");
            // Another test has words for a function that reads once.
            if pipe.calls < nth {
                continue;
            }
            assert!(
                next.is_err(),
                "call {nth} of `read` failed with {errno:?}, and you go on and return {}: an error is not the \
                 end, nor a reason to read on",
                shown(&next)
            );
            assert!(
                outcome(&next) == Err((io::Error::from(errno).kind(), Some(errno as i32))),
                "call {nth} of `read` failed with {errno:?}, and you return {}: hand it on as it is",
                shown(&next)
            );
        }
    }
}
