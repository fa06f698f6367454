//! The time of a sample, and what the scheduler did meanwhile.

use std::time::{Duration, Instant};

use anyhow::Result;
use nix::sys::resource::{UsageWho, getrusage};

/// What one sample showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// From the start to the last operation's end.
    pub elapsed: Duration,
    /// How often a process of it went to sleep.
    pub sleeps: u64,
    /// How often the processor was taken away from one.
    pub interruptions: u64,
}

/// Runs from its start to [`stop`](Stopwatch::stop).
#[derive(Debug)]
pub struct Stopwatch {
    switches: [u64; 2],
    start: Instant,
}

impl Stopwatch {
    /// Starts.
    ///
    /// # Errors
    ///
    /// None on Linux.
    pub fn start() -> Result<Stopwatch> {
        let switches = switches()?;
        Ok(Stopwatch { switches, start: Instant::now() })
    }

    /// The time until now. The switches are counted later: those of children are known once these
    /// have ended.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    /// The sample that took `elapsed`.
    ///
    /// # Errors
    ///
    /// None on Linux.
    pub fn stop(self, elapsed: Duration) -> Result<Sample> {
        let [sleeps, interruptions] = switches()?;
        let [slept, interrupted] = self.switches;
        Ok(Sample { elapsed, sleeps: sleeps - slept, interruptions: interruptions - interrupted })
    }
}

/// Of this process and of the children that were waited for.
fn switches() -> Result<[u64; 2]> {
    let mut both = [0; 2];
    for who in [UsageWho::RUSAGE_SELF, UsageWho::RUSAGE_CHILDREN] {
        let usage = getrusage(who)?;
        both[0] += u64::try_from(usage.voluntary_context_switches())?;
        both[1] += u64::try_from(usage.involuntary_context_switches())?;
    }
    Ok(both)
}
