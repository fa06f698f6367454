//! Lines of input, of which none can use up the memory.

use std::io::{self, BufRead};

/// One line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// All its bytes.
    Whole(&'a [u8]),
    /// It is longer than the limit; this many bytes long.
    TooLong(usize),
}

/// Reads lines of at most `limit` bytes, and the length of the longer ones.
pub struct Lines<R> {
    input: R,
    limit: usize,
    /// Whether the input is a terminal that hands over a line at a time.
    by_line: bool,
    line: Vec<u8>,
    ended_by_hand: bool,
}

impl<R: BufRead> Lines<R> {
    /// `by_line`: each read gives a whole line, or what was typed before Ctrl-D. The buffer of
    /// `input` must then be as large as a terminal's, 4096 bytes.
    pub fn new(input: R, limit: usize, by_line: bool) -> Lines<R> {
        Lines { input, limit, by_line, line: Vec::new(), ended_by_hand: false }
    }

    // ANCHOR: next-line
    /// The next line; `None` at the end of input. A last line without a newline is a line.
    pub fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let mut length = 0;
        loop {
            let available = self.input.fill_buf()?;
            let newline = available.iter().position(|byte| *byte == b'\n');
            let part = &available[..newline.unwrap_or(available.len())];
            // No more than the limit is kept, the rest is counted.
            let kept = part.len().min(self.limit - self.line.len());
            self.line.extend_from_slice(&part[..kept]);
            length += part.len();

            let read = part.len() + usize::from(newline.is_some());
            self.input.consume(read);
            self.ended_by_hand = newline.is_none() && self.by_line && read > 0;
            if read == 0 && length == 0 {
                return Ok(None);
            }
            if read == 0 || newline.is_some() || self.ended_by_hand {
                break;
            }
        }
        Ok(Some(if length > self.limit { Line::TooLong(length) } else { Line::Whole(&self.line) }))
    }
    // ANCHOR_END: next-line

    /// Whether the last line was ended by Ctrl-D: the cursor still stands in it.
    pub fn cursor_is_in_line(&self) -> bool {
        self.ended_by_hand
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Read};

    use super::{Line, Lines};

    fn all(input: &[u8]) -> Vec<String> {
        read(Lines::new(input, 5, false))
    }

    fn read(mut lines: Lines<impl BufRead>) -> Vec<String> {
        let mut all = Vec::new();
        while let Some(line) = lines.next_line().expect("memory can be read") {
            all.push(match line {
                Line::Whole(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                Line::TooLong(length) => format!("({length})"),
            });
        }
        all
    }

    #[test]
    fn lines_come_one_by_one_empty_ones_too() {
        assert_eq!(all(b"one\n\ntwo\n"), ["one", "", "two"]);
    }

    #[test]
    fn a_last_line_needs_no_newline() {
        assert_eq!(all(b"one\ntwo"), ["one", "two"]);
        assert_eq!(all(b""), [""; 0]);
    }

    #[test]
    fn the_limit_counts_the_text_and_not_the_newline() {
        assert_eq!(all(b"12345\n123456\n12345"), ["12345", "(6)", "12345"]);
    }

    #[test]
    fn what_follows_a_long_line_is_read_from_its_start() {
        assert_eq!(all(b"1234567890\nnext\n1234567"), ["(10)", "next", "(7)"]);
    }

    #[test]
    fn end_of_a_read_ends_a_line_of_a_terminal_only() {
        let reads = || BufReader::new(b"hell".chain(&b"o\n"[..]).chain(&b"1234567"[..]));
        assert_eq!(read(Lines::new(reads(), 5, false)), ["hello", "(7)"]);
        assert_eq!(read(Lines::new(reads(), 5, true)), ["hell", "o", "(7)"]);
    }
}
