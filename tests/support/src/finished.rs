//! A program that has ended, and what a test may say about it.

use crate::output::has;
use crate::report::{difference, indented, report};
use nix::sys::signal::Signal;
use std::borrow::Cow;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

/// A program that has ended: how, and what it wrote.
///
/// The methods that check return the value again, so that a test reads as one sentence:
/// `client.finish().code(1).stdout_is("").stderr_has("no message queue")`. When a check fails, the
/// message shows the difference, the command line, the status, and everything written to stdout and
/// stderr.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The command line.
    pub command: String,
    /// How it ended.
    pub status: ExitStatus,
    /// Every byte it wrote to standard output.
    pub stdout: Vec<u8>,
    /// Every byte it wrote to standard error.
    pub stderr: Vec<u8>,
}

impl Finished {
    /// It exited with status 0.
    #[track_caller]
    pub fn success(&self) -> &Finished {
        self.code(0)
    }

    /// It exited with this status.
    #[track_caller]
    pub fn code(&self, expected: i32) -> &Finished {
        let holds = self.status.code() == Some(expected);
        self.check(holds, || format!("it should have exited with {expected}"))
    }

    /// It was ended by this signal.
    #[track_caller]
    pub fn killed_by(&self, signal: Signal) -> &Finished {
        let holds = self.status.signal() == Some(signal as i32);
        self.check(holds, || format!("it should have been killed by {signal}"))
    }

    /// Standard output is exactly this.
    #[track_caller]
    pub fn stdout_is(&self, expected: impl AsRef<[u8]>) -> &Finished {
        let expected = expected.as_ref();
        self.check(self.stdout == expected, || difference("stdout", expected, &self.stdout))
    }

    /// Standard output contains this.
    #[track_caller]
    pub fn stdout_has(&self, part: impl AsRef<[u8]>) -> &Finished {
        let part = part.as_ref();
        self.check(has(&self.stdout, part), || format!("stdout should contain\n{}", indented(part)))
    }

    /// Standard error is exactly this.
    #[track_caller]
    pub fn stderr_is(&self, expected: impl AsRef<[u8]>) -> &Finished {
        let expected = expected.as_ref();
        self.check(self.stderr == expected, || difference("stderr", expected, &self.stderr))
    }

    /// Standard error contains this.
    #[track_caller]
    pub fn stderr_has(&self, part: impl AsRef<[u8]>) -> &Finished {
        let part = part.as_ref();
        self.check(has(&self.stderr, part), || format!("stderr should contain\n{}", indented(part)))
    }

    /// Standard output as text; what is not UTF-8 becomes U+FFFD.
    pub fn stdout_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.stdout)
    }

    /// Standard error as text; what is not UTF-8 becomes U+FFFD.
    pub fn stderr_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.stderr)
    }

    /// The lines of standard output, as text.
    pub fn lines(&self) -> Vec<String> {
        self.stdout_text().lines().map(str::to_owned).collect()
    }

    #[track_caller]
    fn check(&self, holds: bool, complaint: impl FnOnce() -> String) -> &Finished {
        if !holds {
            panic!(
                "{}",
                report(&complaint(), &self.command, Some(self.status), &self.stdout, &self.stderr)
            );
        }
        self
    }
}
