//! Waiting for a condition, never for a while.

use crate::watch::Watch;
use std::sync::Arc;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long to wait where no room's watchdog bounds it.
const WITHOUT_A_ROOM: Duration = Duration::from_secs(60);

/// Waits until `condition` holds, looking again every few milliseconds.
///
/// `what` completes the sentence "was waiting for ...": the watchdog prints it when the test's
/// time is up.
///
/// # Panics
///
/// When the test's time is up (outside a room: after 60 s).
#[track_caller]
pub fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let wait = Wait::begin(what);
    let mut pause = Duration::from_micros(200);
    while !condition() {
        wait.check();
        sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(10));
    }
    wait.check(); // what the end of the time brings about does not count
}

/// Something is being waited for; while this lives, the watchdog knows what.
pub(crate) struct Wait {
    what: String,
    room: Option<(Arc<Watch>, u64)>,
    last_moment: Instant,
}

impl Wait {
    pub(crate) fn begin(what: &str) -> Wait {
        let watch = Watch::current();
        // The watchdog acts first: it knows more. This second is for the case that it cannot help.
        let last_moment = match &watch {
            Some(watch) => watch.deadline + Duration::from_secs(1),
            None => Instant::now() + WITHOUT_A_ROOM,
        };
        let room = watch.map(|watch| {
            let number = watch.waiting_for(what);
            (watch, number)
        });
        Wait { what: what.to_owned(), room, last_moment }
    }

    /// When there is no sense in waiting any longer.
    pub(crate) fn is_over(&self) -> bool {
        let expired = self.room.as_ref().is_some_and(|(watch, _)| watch.has_expired());
        expired || Instant::now() >= self.last_moment
    }

    pub(crate) fn left(&self) -> Duration {
        self.last_moment.saturating_duration_since(Instant::now())
    }

    #[track_caller]
    fn check(&self) {
        if self.is_over() {
            panic!("gave up waiting for {}", self.what);
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        if let Some((watch, number)) = &self.room {
            watch.no_longer_waiting(*number);
        }
    }
}
