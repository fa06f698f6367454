//! The time, behind a trait, so that a test can have a time of its own.

use std::sync::LazyLock;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A clock that never goes backwards.
pub trait Clock {
    /// The time that has passed since some moment in the past.
    fn now(&self) -> Duration;
    /// Sleeps for that long, and usually a little longer; never shorter.
    fn pause(&self, time: Duration);
}

/// The clock of this machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        BEGIN.elapsed()
    }

    fn pause(&self, time: Duration) {
        sleep(time);
    }
}
