use super::*;
use practice::alone;
use sent::{lines_stick, sent_of};

#[path = "program_client/edges.rs"]
mod edges;
#[path = "program_client/errors.rs"]
mod errors;
#[path = "program_client/input.rs"]
mod input;
#[path = "program_client/sent.rs"]
mod sent;
#[path = "program_client/waiting.rs"]
mod waiting;

#[test]
fn line_is_a_text_and_a_nul() {
    alone(|room| {
        let (texts, report) = sent_of(room, b"hello\n");
        assert!(
            texts.len() != 2 || texts[1] != b"exit",
            "you have stopped the server: the end of your input is not its end"
        );
        assert!(texts == [b"hello"], "one line must be one message, and you send {}", texts.len());
        assert!(
            report == Report { sent: 1, refused: 0 },
            "one line has been sent, and you report {report:?}"
        );
    });
}

#[test]
fn all_lines_are_sent_as_they_are() {
    alone(|room| {
        if let Some(what) = lines_stick(room) {
            panic!(
                "the line before is still in your buffer when the next one is read, and {what}: `read_until` appends, \
                 and clears nothing"
            );
        }
        let (texts, _) = sent_of(room, b"one\n\n  two words \nlast");
        let texts: Vec<_> = texts.iter().map(|text| String::from_utf8_lossy(text)).collect();
        assert!(
            texts.len() != 1,
            "you stop after the first line, and there are more: an empty line is not an end either"
        );
        assert!(
            !texts.contains(&"two words".into()),
            "somebody has typed blanks, and you have taken them away"
        );
        assert!(
            !texts.contains(&"las".into()),
            "the last line has no newline, and you have cut a letter off: look before you take it away"
        );
        assert!(
            texts.contains(&"last".into()),
            "the last line has no newline, and you have not sent it"
        );
        let texts: Vec<_> = texts.iter().filter(|text| **text != "exit").collect();
        assert!(
            texts == ["one", "", "  two words ", "last"],
            "four lines, of which one is empty, and you send {texts:?}"
        );
        let (texts, _) = sent_of(room, b"caf\xe9\r\n");
        let texts: Vec<_> = texts.iter().filter(|text| **text != b"exit").collect();
        assert!(
            texts != [b"caf\xe9"],
            "a byte 13 (\\r) before the newline is one of the line's bytes, and you have taken it away"
        );
        assert!(
            texts == [b"caf\xe9\r"],
            "a line was typed that is not UTF-8, and other bytes arrive: it is sent as it is, and never made a text"
        );
    });
}

#[test]
fn long_line_is_refused() {
    alone(|room| {
        static LINES: [u8; 1027] = {
            let mut lines = [b'x'; 1027];
            lines[255] = b'\n';
            lines[256 + 256] = b'\n';
            lines[1026] = b'\n';
            lines
        };
        if lines_stick(room).is_some() {
            return;
        }
        let (mut texts, report) = sent_of(room, &LINES);
        texts.retain(|text| text != b"exit");
        let lengths: Vec<_> = texts.iter().map(Vec::len).collect();
        assert!(
            lengths.contains(&255),
            "255 bytes and a NUL are 256, which fit, and you do not send them"
        );
        assert!(
            !lengths.contains(&256),
            "256 bytes and a NUL are 257: the NUL counts, and for some programs it is one byte too many"
        );
        assert!(
            lengths.len() <= 3,
            "three lines have become {} messages: a long line arrives in pieces, and each piece looks like a line \
             that somebody has typed",
            lengths.len()
        );
        assert!(
            lengths.len() == 1,
            "two of three lines are too long, and you send something of them: who reads a line without its end \
             does not know that it had one"
        );
        assert!(
            report == Report { sent: 1, refused: 2 },
            "of three lines one could be sent, and you report {report:?}"
        );
    });
}

#[test]
fn nul_within_a_line_is_refused() {
    alone(|room| {
        if lines_stick(room).is_some() {
            return;
        }
        let (texts, report) = sent_of(room, b"pay 10\x00000\nnext\n");
        assert!(
            !texts.iter().any(|text| text.starts_with(b"pay")),
            "a line with a NUL in it has been sent: its reader takes it to end there"
        );
        // Other tests tell what has become of the next line.
        assert!(
            report.refused == 1 || texts.is_empty(),
            "a line with a NUL in it is refused, and you report {report:?}"
        );
    });
}

#[test]
fn exit_is_sent_and_is_the_last() {
    alone(|room| {
        if lines_stick(room).is_some() {
            return;
        }
        let (texts, report) = sent_of(room, b"one\nexit\ntwo\n");
        assert!(
            texts.iter().all(|text| text != b"two"),
            "after exit you go on sending: nobody will read that"
        );
        // Another test tells a client that stops after the first line.
        if sent_of(room, b"one\ntwo\n").0.len() > 1 {
            assert!(
                texts.iter().any(|text| text == b"exit"),
                "exit has ended your client, and the server does not know of it: the line must be sent"
            );
            assert!(
                texts.len() != 2 || report.sent == 2,
                "one line and exit have been sent, and you report {report:?}: exit is a line that is sent"
            );
        }
    });
}
