//! Waiting for what a program in the background writes.

use crate::collector::{STDERR, STDOUT};
use crate::running::Running;
use crate::waiting::Wait;

impl Running {
    /// Waits for this very line on standard output and returns `self` for the next wait.
    ///
    /// The search begins behind what the last wait found: waiting for one line twice means that it
    /// comes twice.
    ///
    /// # Panics
    ///
    /// When the program closes its output or the test's time is up before the line has come.
    #[track_caller]
    pub fn wait_for_line(&mut self, line: &str) -> &mut Running {
        let what = format!("the line {line:?} on stdout");
        self.wait_for(STDOUT, &what, |text| end_of_line(text, line.as_bytes()))
    }

    /// As [`wait_for_line`](Running::wait_for_line), for text anywhere in standard output: part of
    /// a line, or a prompt that no newline follows.
    #[track_caller]
    pub fn wait_for_text(&mut self, part: &str) -> &mut Running {
        let what = format!("{part:?} on stdout");
        self.wait_for(STDOUT, &what, |text| end_of_part(text, part.as_bytes()))
    }

    /// As [`wait_for_text`](Running::wait_for_text), on standard error.
    #[track_caller]
    pub fn wait_for_stderr(&mut self, part: &str) -> &mut Running {
        let what = format!("{part:?} on stderr");
        self.wait_for(STDERR, &what, |text| end_of_part(text, part.as_bytes()))
    }

    #[track_caller]
    fn wait_for(
        &mut self,
        stream: usize,
        what: &str,
        find_end: impl Fn(&[u8]) -> Option<usize>,
    ) -> &mut Running {
        let wait = Wait::begin(&format!("{what} of {}", self.program.command));
        let seen = self.seen[stream];
        let end = self.program.wait(&wait, |progress| {
            let end = find_end(&progress.text[stream][seen..]);
            (end.is_some() || progress.closed[stream]).then_some(end)
        });
        match end.flatten() {
            Some(end) => self.seen[stream] += end,
            None => self.complain(&format!("waited in vain for {what}")),
        }
        self
    }
}

/// Where the first line that is `line` ends in `text`.
fn end_of_line(text: &[u8], line: &[u8]) -> Option<usize> {
    let mut end = 0;
    for candidate in text.split_inclusive(|&byte| byte == b'\n') {
        end += candidate.len();
        if candidate.strip_suffix(b"\n") == Some(line) {
            return Some(end);
        }
    }
    None
}

/// Where the first occurrence of `part` ends in `text`.
fn end_of_part(text: &[u8], part: &[u8]) -> Option<usize> {
    if !has(text, part) {
        return None;
    }
    (0..=text.len()).find(|&end| text[..end].ends_with(part))
}

pub(crate) fn has(text: &[u8], part: &[u8]) -> bool {
    part.is_empty() || text.windows(part.len()).any(|window| window == part)
}
