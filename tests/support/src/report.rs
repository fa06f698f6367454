//! What a person needs to know when a program did not do as it should.

use similar::{Algorithm, capture_diff_slices};
use std::process::ExitStatus;

/// The complaint, and everything that is known of the program.
pub(crate) fn report(
    complaint: &str,
    command: &str,
    status: Option<ExitStatus>,
    stdout: &[u8],
    stderr: &[u8],
) -> String {
    let status = status.map_or_else(|| "still running".to_owned(), |status| status.to_string());
    format!(
        "{complaint}\ncommand: {command}\nstatus:  {status}\nstdout:\n{}\nstderr:\n{}",
        indented(stdout),
        indented(stderr)
    )
}

/// What a stream should have been and what it was, line by line.
pub(crate) fn difference(stream: &str, expected: &[u8], written: &[u8]) -> String {
    let (expected, written) = (lines(expected), lines(written));
    let changes = capture_diff_slices(Algorithm::Myers, &expected, &written);
    let changes = changes.iter().flat_map(|change| change.iter_changes(&expected, &written));
    let changes = changes.map(|change| format!("    {} {}", change.tag(), change.value()));
    let changes: Vec<_> = changes.collect();
    format!("{stream} differs (- what it should be, + what it is):\n{}", changes.join("\n"))
}

pub(crate) fn indented(text: &[u8]) -> String {
    if text.is_empty() {
        return "    (nothing)".to_owned();
    }
    let lines = lines(text);
    lines.iter().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

/// Escaped, line by line: the difference may be a blank, a carriage return or a stray byte.
fn lines(text: &[u8]) -> Vec<String> {
    let lines = text.split_inclusive(|&byte| byte == b'\n');
    lines.map(|line| line.escape_ascii().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn difference_shows_what_is_missing_and_what_is_there_instead() {
        let shown = difference("stdout", b"one\ntwo\n", b"one\ntwo \nthree");
        let changes = ["      one\\n", "    - two\\n", "    + two \\n", "    + three"];
        assert!(shown.ends_with(&changes.join("\n")), "{shown}");
    }
}
