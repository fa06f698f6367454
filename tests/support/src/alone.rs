//! Running a test's body alone, bounded and checked.

use crate::isolation::{Isolation, isolate};
use crate::name::test_name;
use crate::tell::tell;
use crate::watchdog::Watchdog;
use crate::{Entry, Room, interrupt};
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::process::Output;
use std::sync::Arc;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

/// Runs the body of a test in a [`Room`] of its own.
///
/// The body has 60 seconds. When it is done, none of the room's queues may be left.
///
/// # Panics
///
/// When the body does, when it is not done in time, and when it leaves a queue behind.
#[track_caller]
pub fn alone<F: FnOnce(&Room)>(body: F) {
    run(LIMIT, Without::Keys, body);
}

/// As [`alone`], with another time limit.
#[track_caller]
pub fn alone_within<F: FnOnce(&Room)>(limit: Duration, body: F) {
    run(limit, Without::Keys, body);
}

/// As [`alone`], for a test that needs a real IPC namespace: ids counted from 0, limits lowered,
/// no queue of a stranger in sight.
///
/// Where none can be had, the test is skipped, and says so; with `SUPPORT_REQUIRE_NAMESPACE=1` in
/// the environment it fails instead, so that continuous integration cannot skip in silence.
#[track_caller]
pub fn in_namespace<F: FnOnce(&Room)>(body: F) {
    run(LIMIT, Without::Skip, body);
}

/// What to do without a namespace.
enum Without {
    Keys,
    Skip,
}

#[track_caller]
fn run<F: FnOnce(&Room)>(limit: Duration, without: Without, body: F) {
    interrupt::restore();
    let test = test_name::<F>();
    match (isolate(&test), without) {
        (Isolation::Namespace(_entered), _) => run_here(&test, limit, true, body),
        (Isolation::RanElsewhere(output), _) => pass_on(&test, &output),
        (Isolation::KeysOnly, Without::Keys) => run_here(&test, limit, false, body),
        (Isolation::KeysOnly, Without::Skip) => skip(&test),
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

// ANCHOR: run_here
#[track_caller]
fn run_here<F: FnOnce(&Room)>(test: &str, limit: Duration, own: bool, body: F) {
    let room = Arc::new(Room::here(own));
    let watchdog = Watchdog::begin(test, limit, &room);
    let result = catch_unwind(AssertUnwindSafe(|| body(&room)));
    let out_of_time = watchdog.end();
    let left = room.clear();

    match (result, out_of_time) {
        (result, Some(report)) => panic!("{report}{}", and_then(&result)),
        (Err(panic), None) => resume_unwind(panic),
        (Ok(()), None) => assert!(
            left.is_empty(),
            "test {test} left behind {}",
            describe(&left)
        ),
    }
}
// ANCHOR_END: run_here

/// How the body ended once the watchdog had taken its queues and programs away.
fn and_then(result: &Result<(), Box<dyn Any + Send>>) -> String {
    let Err(panic) = result else {
        return String::new();
    };
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("\nstopped, it then said: {}", text.unwrap_or("nothing"))
}

fn describe(queues: &[Entry]) -> String {
    let one = |queue: &Entry| {
        let Entry {
            msqid, key, qnum, ..
        } = queue;
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
