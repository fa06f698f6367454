//! Texts and messages at the edges.

use super::server::Server;
use super::*;
use ch03_structure::MessageType;
use ch04_send::Sender;
use practice::{Room, alone, edges, in_namespace, until};

/// What must be on the screen for a text.
fn escaped(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let letters = text.chars().map(|letter| match letter {
        letter if letter.is_control() => letter.escape_default().to_string(),
        letter => letter.to_string(),
    });
    letters.collect()
}

#[test]
fn control_characters_of_every_range_are_escaped() {
    // Another test tells about those that everybody knows.
    let known = ["\x1b[2J", "\n", "letters", r#"C:\new "it's""#, "gr\u{fc}\u{df}e"];
    if known.iter().any(|text| {
        practice::yours("a text", || shown(text.as_bytes())) != escaped(text.as_bytes())
    }) {
        return;
    }
    for control in edges::controls() {
        let text = format!("a{control}z");
        let printed = practice::yours("a control character", || shown(text.as_bytes()));
        assert!(
            !printed.contains(control),
            "the control character U+{:04X} goes to the terminal as it came: there are more of them than ASCII has, \
             and some terminals obey those too",
            u32::from(control)
        );
        assert!(
            printed == escaped(text.as_bytes()),
            "the control character U+{:04X} must look as `char::escape_default` writes it, and you print {printed:?}",
            u32::from(control)
        );
    }
    for (what, text) in edges::bytes() {
        let printed = practice::yours(&what, || shown(&text));
        assert!(
            printed == escaped(&text),
            "a text with {what} must be shown as {:?}, and you print {printed:?}",
            escaped(&text)
        );
    }
}

/// Whether your server prints a short message and waits for more. If not, other tests say so.
#[track_caller]
pub(super) fn does_well(room: &Room) -> bool {
    let long = [b'x'; 8192];
    let server = Server::start_with(
        room,
        &[(1, &long), (7, b"seven\0"), (1, b"one\0"), (2, b"caf\xe9 \x1b\n\0")],
    );
    server.idle(room);
    let mut right = vec![
        format!("Server received: {}", "x".repeat(8192)),
        "Server received: seven".to_owned(),
        "Server received: one".to_owned(),
        "Server received: caf\u{fffd} \\u{1b}\\n".to_owned(),
    ];
    let well = !server.worker.has_ended() && server.lines() == right;
    if !well {
        practice::clear(room);
        return false;
    }
    server.send(1, b"exit\0");
    until("your server to end: somebody has said exit", || {
        server.worker.has_ended() || (server.worker.waits() && server.left(room) == Some(0))
    });
    right.push("Server received: exit".to_owned());
    let well = server.worker.has_ended() && server.left(room) == Some(0) && server.lines() == right;
    practice::clear(room);
    well && matches!(server.ended(), Ok(Ok(End::Exit)))
}

#[test]
fn exit_is_the_text_before_the_first_nul() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        for (message_type, exit) in
            [(1, &b"exit"[..]), (1, b"exit\0"), (5, b"exit\0old text\0"), (9, b"exit\0\0\0")]
        {
            let server = Server::start_with(room, &[(message_type, exit), (1, b"behind\0")]);
            until("your server to end or to sleep", || {
                server.worker.has_ended() || (server.worker.waits() && server.left(room) == Some(0))
            });
            let left = server.left(room);
            practice::clear(room);
            let (lines, ended) = (server.lines(), server.ended());
            assert!(
                matches!(ended, Ok(Ok(End::Exit)))
                    && left == Some(1)
                    && lines == ["Server received: exit"],
                "a message of the bytes \"{}\" and of type {message_type} says exit: its text ends before the first \
                 NUL, or with the message if there is none. Your server ends with {ended:?} and prints {lines:?}",
                exit.escape_ascii()
            );
        }
    });
}

/// The lines that these messages, waiting together, have become, and whether your server waits for
/// more.
#[track_caller]
fn all_at_once(room: &Room, texts: &[Vec<u8>]) -> (Vec<String>, bool) {
    let messages: Vec<_> = texts.iter().map(|text| (3, &text[..])).collect();
    let server = Server::start_with(room, &messages);
    server.idle(room);
    let (lines, waits) = (server.lines(), !server.worker.has_ended());
    server.stop(room);
    (lines, waits)
}

#[test]
fn text_that_resembles_exit_is_not_one() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        let near = edges::like_exit().into_iter().map(str::as_bytes);
        let near = near.chain([&b"\0exit"[..], b"exit\n\0", b" \0exit\0"]);
        let texts: Vec<_> = near.map(<[u8]>::to_vec).collect();
        let (lines, waits) = all_at_once(room, &texts);
        assert!(
            waits,
            "somebody sends what is not `exit` and resembles it, and your server ends after the line {:?}",
            lines.last()
        );
    });
}

#[test]
fn every_text_is_a_line() {
    alone(|room| {
        // Other tests say whether a server takes more for an exit, or for a control character, than
        // it should.
        let quoted = shown(br#"C:\new "it's""#) == r#"C:\new "it's""#;
        if !quoted || !does_well(room) {
            return;
        }
        let near = edges::like_exit().map(str::as_bytes);
        let mut texts = edges::bytes();
        texts.retain(|(_, text)| !near.contains(&&text[..]));
        let all: Vec<_> = texts.iter().map(|(_, text)| text.clone()).collect();
        let (lines, _) = all_at_once(room, &all);
        for (number, (what, text)) in texts.iter().enumerate() {
            let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
            let right = format!("Server received: {}", escaped(text));
            let line = lines.get(number).map_or("nothing", String::as_str);
            assert!(
                line == right,
                "a text with {what} is one line, {right:?}, and your server prints {line:?}"
            );
        }
        assert!(
            lines.len() == texts.len(),
            "{} texts must be as many lines, and your server prints {}",
            texts.len(),
            lines.len()
        );
    });
}

#[test]
fn message_of_any_length_is_printed() {
    in_namespace(|room| {
        if !does_well(room) {
            return;
        }
        room.set_limit("msgmax", 100_000);
        room.set_limit("msgmnb", 100_000);
        let server = Server::start(room);
        let lengths = [0, 1, 255, 256, 257, 4096, 4097, 8191, 8192];
        for (shown, length) in lengths.into_iter().chain(edges::LONG).enumerate() {
            let bytes = vec![b'x'; length];
            let sent = Sender::new(server.queue).try_send(MessageType::ONE, &bytes);
            let taken = || {
                server.worker.has_ended() || (server.worker.waits() && server.left(room) == Some(0))
            };
            until("your server to take a message of any length", taken);
            let lines = server.lines();
            let whole = lines.last().map(String::len) == Some("Server received: ".len() + length);
            assert!(
                sent.is_ok() && lines.len() == shown + 1 && whole,
                "a message may have any length, here {length} bytes, and your server does not show it whole: 8,192 is \
                 what msgmax is today and here, and not a constant"
            );
        }
        server.stop(room);
    });
}
