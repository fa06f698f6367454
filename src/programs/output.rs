//! Standard output in large pieces under load, and at once when there is nothing more to come.

use std::io::{self, Write};

use super::{failure, io_failure};
use nix::errno::Errno;

/// Lines on their way to standard output.
pub(super) struct Output {
    pending: Vec<u8>,
}

/// How much may be pending. A pipe takes 65,536 bytes at once.
const LARGE: usize = 65_536;

impl Output {
    pub(super) fn new() -> Output {
        Output {
            pending: Vec::with_capacity(LARGE),
        }
    }

    /// Adds a line, built by `write` without its end. It is shown when the output is flushed, or
    /// when much is pending.
    pub(super) fn line(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> anyhow::Result<()> {
        write(&mut self.pending);
        self.pending.push(b'\n');
        if self.pending.len() >= LARGE - LARGE / 4 {
            self.flush()?;
        }
        Ok(())
    }

    /// Shows all that is pending.
    pub(super) fn flush(&mut self) -> anyhow::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let shown = io::stdout().lock().write_all(&self.pending);
        let lines = self.pending.iter().filter(|byte| **byte == b'\n').count();
        self.pending.clear();
        shown.map_err(|error| {
            write_failure(&error).context(format!("up to {lines} lines were not shown"))
        })
    }
}

pub(super) fn write_failure(error: &io::Error) -> anyhow::Error {
    let tried = "cannot write to standard output";
    match error.kind() {
        io::ErrorKind::BrokenPipe => failure(
            tried,
            "the program that was reading it has ended",
            Errno::EPIPE,
        ),
        _ => io_failure(tried, error),
    }
}
