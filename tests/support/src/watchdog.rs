//! The watchdog: no test hangs.
//!
//! A thread of its own waits for the end of the test or for its deadline, whichever comes first. At
//! the deadline it says which test it is and what that was waiting for, kills the programs that the
//! test started, and removes the test's queues: whoever sleeps in `msgsnd` or `msgrcv` is woken
//! with `EIDRM`. So the test ends, and fails. If even that does not end it, the process is aborted.

use crate::panics::install_hook;
use crate::room::Room;
use crate::tell::tell;
use crate::watch::Watch;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// What a test has left to end by itself after its deadline.
const GRACE: Duration = Duration::from_secs(10);

/// The watchdog's whole life.
fn guard(watch: &Watch) {
    if watch.ends_within(watch.limit) {
        return;
    }
    let report = report(watch);
    tell(&format!("{report}; stopping it"));
    watch.expire(report);

    // More than once: the test may start a program or make a queue even now.
    let last_moment = Instant::now() + GRACE;
    while Instant::now() < last_moment {
        watch.kill_programs();
        watch.room.clear();
        if watch.ends_within(Duration::from_millis(100)) {
            return;
        }
    }
    let test = &watch.test;
    tell(&format!("test {test} has not ended {GRACE:?} later either: aborting all tests"));
    std::process::abort();
}

fn report(watch: &Watch) -> String {
    let Watch { test, limit, .. } = watch;
    format!("test {test} is not done after {limit:?}; it was waiting for: {}", watch.awaited())
}

/// A watchdog at work, until [`end`](Watchdog::end).
pub(crate) struct Watchdog {
    watch: Arc<Watch>,
    watch_before: Option<Arc<Watch>>,
    thread: JoinHandle<()>,
}

impl Watchdog {
    /// Starts the watchdog. It must be in the room's namespace, and so must the caller.
    pub(crate) fn begin(test: &str, limit: Duration, silent: bool, room: &Arc<Room>) -> Watchdog {
        if silent {
            install_hook();
        }
        let watch = Watch::new(test, limit, silent, room);
        let watch_before = Watch::set_current(Some(Arc::clone(&watch)));
        let thread = {
            let watch = Arc::clone(&watch);
            thread::spawn(move || guard(&watch))
        };
        Watchdog { watch, watch_before, thread }
    }

    /// The test has ended. Returns what there is to say, if that was too late.
    pub(crate) fn end(self) -> Option<String> {
        // On a busy machine the watchdog itself may be late: too late is too late all the same.
        let late = Instant::now() > self.watch.deadline;
        self.watch.end();
        Watch::set_current(self.watch_before);
        self.thread.join().expect("the watchdog does not panic");
        self.watch.take_report().or_else(|| late.then(|| report(&self.watch)))
    }
}
