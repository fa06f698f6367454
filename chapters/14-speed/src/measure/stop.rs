//! Stopping between two samples, and at no other place.

use anyhow::{Context, Result};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};

/// Whether the person pressed Ctrl-C, or somebody sent a signal to end.
///
/// The signals are blocked, and asked for when it suits: no handler runs in the middle of a
/// sample, and no call of it fails with `EINTR`.
#[derive(Debug)]
pub struct Stop(Option<SignalFd>);

impl Stop {
    /// Blocks the signals from now on. One that is ignored stays ignored.
    ///
    /// # Errors
    ///
    /// No descriptor is left.
    pub fn on_signals() -> Result<Stop> {
        let signals =
            SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT]);
        signals.thread_block()?;
        let descriptor =
            SignalFd::with_flags(&signals, SfdFlags::SFD_NONBLOCK | SfdFlags::SFD_CLOEXEC)
                .context("no descriptor for signals")?;
        Ok(Stop(Some(descriptor)))
    }

    /// Nothing stops this one.
    #[must_use]
    pub fn never() -> Stop {
        Stop(None)
    }

    /// Whether a signal has come since the last time.
    ///
    /// # Errors
    ///
    /// The descriptor cannot be read.
    pub fn is_asked_for(&self) -> Result<bool> {
        match &self.0 {
            Some(descriptor) => Ok(descriptor.read_signal()?.is_some()),
            None => Ok(false),
        }
    }
}
