//! A wait that is explained when it lasts, and cut short when somebody asks again.

use std::time::{Duration, Instant};

use super::tell;

/// How long a wait may last without a word; and how long what can be shown has, if it is cut short.
const LONG: Duration = Duration::from_secs(1);

/// What a shutdown waits for is always the same: that what was received can be written.
pub(super) struct Patience {
    since: Instant,
    shortened: bool,
    told: bool,
}

impl Patience {
    pub(super) fn new() -> Patience {
        Patience { since: Instant::now(), shortened: false, told: false }
    }

    /// The wait begins now.
    pub(super) fn begin(&mut self) {
        self.since = Instant::now();
    }

    /// Somebody cannot wait: the wait lasts a second in all, or ends now.
    pub(super) fn shorten(&mut self) {
        self.shortened = true;
    }

    /// Whether it has lasted long enough; says, once, what it waits for, if it may go on.
    pub(super) fn is_over(&mut self) -> bool {
        if self.since.elapsed() < LONG {
            return false;
        }
        if !self.shortened && !self.told {
            self.told = true;
            tell(
                "server",
                "the shutdown waits until what was received has been written to standard output, \
                 which nobody reads, or not as fast; another Ctrl-C, Ctrl-\\ or SIGTERM ends it at \
                 once and leaves the rest in the queue",
            );
        }
        self.shortened
    }
}
