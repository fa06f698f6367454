//! Running a test's body alone, bounded and checked.

use crate::entry::Entry;
use crate::interrupt;
use crate::isolation::{Isolation, isolate};
use crate::name::test_name;
use crate::panics::message;
use crate::room::Room;
use crate::tell::tell;
use crate::watchdog::Watchdog;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::Output;
use std::sync::Arc;
use std::time::Duration;

/// Runs the body of a test in a [`Room`] of its own.
///
/// The body has 60 seconds. When it is done, none of the room's queues may be left.
///
/// # Panics
///
/// When the body does, when it is not done in time, and when it leaves a queue behind.
#[track_caller]
pub fn alone<F: FnOnce(&Room)>(body: F) {
    Alone::default().run(body);
}

/// As [`alone`], with another time limit.
#[track_caller]
pub fn alone_within<F: FnOnce(&Room)>(limit: Duration, body: F) {
    Alone::default().within(limit).run(body);
}

/// As [`alone`], for a test that needs a real IPC namespace: ids counted from 0, limits lowered,
/// no queue of a stranger in sight.
///
/// Where none can be had, the test is skipped, and says so; with `SUPPORT_REQUIRE_NAMESPACE=1` in
/// the environment it fails instead, so that continuous integration cannot skip in silence.
#[track_caller]
pub fn in_namespace<F: FnOnce(&Room)>(body: F) {
    Alone::default().in_namespace().run(body);
}

/// How a test is alone, for what [`alone`], [`alone_within`] and [`in_namespace`] do not offer.
#[derive(Clone, Debug)]
pub struct Alone {
    limit: Duration,
    needs_namespace: bool,
    silent: bool,
}

impl Default for Alone {
    fn default() -> Alone {
        Alone { limit: Duration::from_secs(60), needs_namespace: false, silent: false }
    }
}

impl Alone {
    /// With this time limit.
    #[must_use]
    pub fn within(self, limit: Duration) -> Alone {
        Alone { limit, ..self }
    }

    /// Nowhere but in a namespace: see [`in_namespace`](fn@in_namespace).
    #[must_use]
    pub fn in_namespace(self) -> Alone {
        Alone { needs_namespace: true, ..self }
    }

    /// At the end of the time the test says what it was waiting for, and nothing else is said.
    ///
    /// The queues are removed then. What the test finds after that is no finding: no assertion of
    /// it is shown, nor any other panic in the room.
    #[must_use]
    pub fn silent_after_time(self) -> Alone {
        Alone { silent: true, ..self }
    }

    /// Runs the body of a test.
    ///
    /// # Panics
    ///
    /// When the body does, when it is not done in time, and when it leaves a queue behind.
    #[track_caller]
    pub fn run<F: FnOnce(&Room)>(&self, body: F) {
        interrupt::restore();
        let test = test_name::<F>();
        match isolate(&test) {
            Isolation::Namespace(_entered) => self.run_here(&test, true, body),
            Isolation::RanElsewhere(output) => pass_on(&test, &output),
            Isolation::KeysOnly if self.needs_namespace => skip(&test),
            Isolation::KeysOnly => self.run_here(&test, false, body),
        }
    }

    #[track_caller]
    fn run_here<F: FnOnce(&Room)>(&self, test: &str, own: bool, body: F) {
        let room = Arc::new(Room::here(own));
        let watchdog = Watchdog::begin(test, self.limit, self.silent, &room);
        let result = catch_unwind(AssertUnwindSafe(|| body(&room)));
        let out_of_time = watchdog.end();
        let left = room.clear();

        match (result, out_of_time) {
            (Err(panic), Some(report)) if !self.silent => {
                panic!("{report}\nstopped, it then said: {}", message(&*panic))
            }
            (_, Some(report)) => panic!("{report}"),
            (Err(panic), None) => resume_unwind(panic),
            (Ok(()), None) => {
                assert!(left.is_empty(), "test {test} left behind {}", describe(&left))
            }
        }
    }
}

#[track_caller]
fn skip(test: &str) {
    if std::env::var_os("SUPPORT_REQUIRE_NAMESPACE").is_some_and(|value| value == "1") {
        panic!(
            "test {test} needs an IPC namespace of its own, SUPPORT_REQUIRE_NAMESPACE=1 forbids \
             skipping it, and none can be had here: run the tests as root, or allow user namespaces"
        );
    }
    tell(&format!(
        "skipped: {test} needs an IPC namespace of its own (run the tests as root, or allow user \
         namespaces)"
    ));
}

fn describe(queues: &[Entry]) -> String {
    let one = |queue: &Entry| {
        let Entry { msqid, key, qnum, .. } = queue;
        format!("the message queue with id {msqid}, key 0x{key:08x} ({qnum} messages in it)")
    };
    queues.iter().map(one).collect::<Vec<_>>().join(" and ")
}

/// Takes over the result of a run in another process.
#[track_caller]
fn pass_on(test: &str, output: &Output) {
    // Through the macros, so that libtest captures it as it would have here.
    print!("{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        output.status.success(),
        "test {test} failed ({}) in its user namespace; what it said is above",
        output.status
    );
}
