//! Lines at the edges: of any bytes, of any length, and nearly an exit.

use super::sent::{does_well, sent_of};
use super::*;
use practice::{alone, edges};

/// What your client sends of these lines, with an exit behind them, which is left out here.
#[track_caller]
fn sent_before_exit(room: &practice::Room, lines: &[&[u8]]) -> (Vec<Vec<u8>>, Report) {
    let input = [&lines.join(&b'\n')[..], b"\nexit\n"].concat();
    let (mut texts, report) = sent_of(room, &input);
    if texts.last().is_some_and(|last| last == b"exit") {
        texts.pop();
    }
    (texts, report)
}

#[test]
fn line_that_resembles_exit_is_not_the_end() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        for line in edges::like_exit() {
            let (texts, _) = sent_before_exit(room, &[line.as_bytes(), b"behind"]);
            assert!(
                texts == [line.as_bytes(), b"behind"],
                "the line \"{line}\" is not `exit`, and your client takes it for one, or changes it: after it is a line \
                 that must be sent as well"
            );
        }
    });
}

#[test]
fn line_of_any_bytes_is_sent_as_it_is() {
    alone(|room| {
        if !does_well(room) || !limit_is_right(room) {
            return;
        }
        for (what, line) in edges::bytes() {
            let fits = line.len() <= LONGEST && !line.contains(&0);
            if !fits
                || line.contains(&b'\n')
                || edges::like_exit().map(str::as_bytes).contains(&&*line)
            {
                continue;
            }
            let (texts, _) = sent_before_exit(room, &[&line, b"behind"]);
            assert!(
                texts == [&line[..], b"behind"],
                "a line with {what} can be sent as it was typed, and your client sends {:?}",
                texts.iter().map(|text| text.escape_ascii().to_string()).collect::<Vec<_>>()
            );
        }
    });
}

#[test]
fn line_of_any_length_is_sent_whole_or_refused_once() {
    alone(|room| {
        // Another test tells about the first lengths that do not fit.
        if !does_well(room) || !limit_is_right(room) {
            return;
        }
        for length in [1, 100, 254, 255, 300, 511, 512, 1024, 8191, 8192, 20_000, 70_000] {
            let line = vec![b'x'; length];
            let sent = usize::from(length <= LONGEST);
            let (texts, report) = sent_before_exit(room, &[&line, b"behind"]);
            let right = Report { sent: sent + 2, refused: 1 - sent };
            assert!(
                texts.len() == sent + 1 && report == right,
                "a line of {length} bytes is one line, sent whole or refused once; with two short lines after it \
                 your client sends {} lines and reports {report:?}",
                texts.len() + 1
            );
        }
    });
}

/// Whether 255 bytes are sent and 256 refused.
#[track_caller]
fn limit_is_right(room: &practice::Room) -> bool {
    let (fits, too_long) = ([b'x'; LONGEST], [b'x'; LONGEST + 1]);
    let (texts, report) = sent_of(room, &[&fits[..], b"\n", &too_long, b"\nexit\n"].concat());
    texts.len() == 2 && texts[0] == fits && report == (Report { sent: 2, refused: 1 })
}

#[test]
fn line_with_a_nul_anywhere_is_refused() {
    alone(|room| {
        let refuses = |line: &[u8]| {
            let (texts, report) = sent_before_exit(room, &[line, b"behind"]);
            texts == [b"behind"] && report == (Report { sent: 2, refused: 1 })
        };
        // Another test tells about a NUL in the middle.
        if !does_well(room) || !refuses(b"before\0after") {
            return;
        }
        for line in
            [&b"\0"[..], b"\0text", b"text\0", b"text\0\0\0", b"exit\0", b"exit\0old", &[0; 300]]
        {
            assert!(
                refuses(line),
                "the line \"{}\" has a NUL in it, wherever that is: it is refused, once, and the lines after it \
                 are sent",
                line[..line.len().min(12)].escape_ascii()
            );
        }
    });
}
