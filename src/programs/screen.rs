//! What the client prints: at once, and with a word on standard error if nobody takes it.

use std::io::Write;
use std::os::fd::AsFd;

use nix::poll::{PollFd, PollFlags, poll};

use super::output::write_failure;
use super::reports::Reports;

/// Standard output.
pub(super) struct Screen {
    output: streams::Output,
    reports: Reports,
}

/// Milliseconds.
const LONG: u16 = 1000;

impl Screen {
    /// Fails if nothing can be printed there.
    pub(super) fn new() -> Result<Screen, streams::Error> {
        Ok(Screen { output: streams::stdout()?, reports: Reports::default() })
    }

    /// Prints at once.
    pub(super) fn say(&mut self, text: &str) -> anyhow::Result<()> {
        let ready = poll(&mut [PollFd::new(self.output.as_fd(), PollFlags::POLLOUT)], LONG);
        if ready == Ok(0) {
            self.reports.report("waiting for somebody to read standard output");
        }
        let written = self.output.write_all(text.as_bytes());
        written.map_err(|error| write_failure(&error))
    }
}
