//! Lines of input, of which none can use up the memory.

use std::io::{self, BufRead, Read};

/// One line, without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// All its bytes.
    Whole(&'a [u8]),
    /// It is longer than the limit; this many bytes long.
    TooLong(usize),
}

/// Reads lines of at most `limit` bytes, and the length of the longer ones.
pub(super) struct Lines<R> {
    input: R,
    limit: usize,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R, limit: usize) -> Lines<R> {
        Lines {
            input,
            limit,
            line: Vec::new(),
        }
    }

    // ANCHOR: next-line
    /// The next line; `None` at the end of input. A last line without a newline is a line.
    pub(super) fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        // One byte more than the limit, for the newline.
        let most = self.limit as u64 + 1;
        let read = (&mut self.input)
            .take(most)
            .read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(None);
        }
        if self.line.last() == Some(&b'\n') {
            self.line.pop();
        } else if read > self.limit {
            let length = read + self.skip_rest()?;
            return Ok(Some(Line::TooLong(length)));
        }
        Ok(Some(Line::Whole(&self.line)))
    }
    // ANCHOR_END: next-line

    /// Skips to the next line, and counts the bytes before the newline.
    fn skip_rest(&mut self) -> io::Result<usize> {
        let mut skipped = 0;
        loop {
            let available = match self.input.fill_buf() {
                Ok(available) => available,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let end = available.iter().position(|byte| *byte == b'\n');
            let bytes = end.unwrap_or(available.len());
            let ended = end.is_some() || available.is_empty();
            self.input.consume(bytes + usize::from(end.is_some()));
            skipped += bytes;
            if ended {
                return Ok(skipped);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Lines};

    fn all(input: &[u8]) -> Vec<String> {
        let mut lines = Lines::new(input, 5);
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
}
