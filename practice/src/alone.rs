//! A test alone, and bounded: when its time is up it says what it was waiting for, and nothing else
//! is said.

use std::time::Duration;

use support::{Alone, Room};

/// Runs the body of a test alone: see [`support::alone`].
///
/// It may take 10 seconds, or as many as `PRACTICE_SECONDS` says. When they are over, the test
/// fails and says what it was waiting for. Its queues are removed then, and what it would find
/// after that it would take for a mistake of the reader's: no assertion is shown any more.
///
/// # Panics
///
/// When the body does, when it is not done in time, and when it leaves a queue behind.
#[track_caller]
pub fn alone<F: FnOnce(&Room)>(body: F) {
    bounded().run(body);
}

/// As [`alone`], for a test that needs an IPC namespace; without one it is skipped, and says so.
#[track_caller]
pub fn in_namespace<F: FnOnce(&Room)>(body: F) {
    bounded().in_namespace().run(body);
}

fn bounded() -> Alone {
    let asked = std::env::var("PRACTICE_SECONDS").ok();
    let seconds = asked.and_then(|text| text.parse().ok()).unwrap_or(10);
    let limit = Duration::from_secs(seconds);
    Alone::default().within(limit).silent_after_time()
}

/// Runs a test; `None` if it passes, and otherwise what it fails with, which the screen does not
/// show.
pub fn failure(test: impl FnOnce()) -> Option<String> {
    support::caught(test).err()
}
