//! What the watchdog promises: no test hangs, and the reason is told.

use crate::raw;
use nix::errno::Errno;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use support::{Room, Running, until};

/// Runs a body that hangs; returns what the failure says and how long it took.
fn hang(body: impl FnOnce(&Room)) -> (String, Duration) {
    let start = Instant::now();
    let inner = || support::alone_within(Duration::from_millis(300), body);
    let panic = catch_unwind(AssertUnwindSafe(inner)).expect_err("it must not pass");
    (
        *panic.downcast::<String>().expect("a message"),
        start.elapsed(),
    )
}

#[test]
fn thread_asleep_in_msgrcv_is_freed() {
    support::alone(|_| {
        let (said, took) = hang(|room| {
            let id = raw::create(room.key()).expect("the key is unused");
            assert_eq!(raw::receive(id), Err(Errno::EIDRM));
        });
        assert!(
            said.contains("thread_asleep_in_msgrcv_is_freed is not done after 300ms"),
            "{said}"
        );
        assert!(
            said.contains("the test's thread is asleep in msgsnd or msgrcv"),
            "{said}"
        );
        assert!(took < Duration::from_secs(8), "{took:?}");
    });
}

#[test]
fn condition_that_never_comes_is_named() {
    support::alone(|_| {
        let (said, _) = hang(|_| until("the cows to come home", || false));
        assert!(
            said.contains("waiting for: the cows to come home"),
            "{said}"
        );
    });
}

#[test]
fn thread_of_the_test_is_freed_and_what_it_waits_for_is_named() {
    support::alone(|_| {
        let (said, _) = hang(|room| {
            let id = raw::create(room.key()).expect("the key is unused");
            thread::scope(|scope| {
                scope.spawn(|| assert_eq!(raw::receive(id), Err(Errno::EIDRM)));
                until("two sleepers", || false);
            });
        });
        assert!(said.contains("waiting for: two sleepers"), "{said}");
    });
}

#[test]
fn program_is_killed_and_the_line_that_never_came_is_named() {
    support::alone(|_| {
        let (said, took) = hang(|_| {
            let mut cat = Running::start(Command::new("cat"));
            cat.wait_for_line("purr");
        });
        assert!(
            said.contains(r#"waiting for: the line "purr" on stdout of "cat""#),
            "{said}"
        );
        assert!(said.contains("stdout:\n    (nothing)"), "{said}");
        assert!(took < Duration::from_secs(8), "{took:?}");
    });
}

#[test]
fn program_that_does_not_read_is_killed() {
    support::alone(|_| {
        let (said, took) = hang(|_| {
            let mut sleep = Command::new("sleep");
            sleep.arg("60");
            Running::start(sleep).write([b'z'; 1_000_000]); // more than a pipe holds
        });
        assert!(
            said.contains(r#"waiting for: "sleep" "60" to read its input"#),
            "{said}"
        );
        assert!(
            said.contains("it does not read what is written to it"),
            "{said}"
        );
        assert!(took < Duration::from_secs(8), "{took:?}");
    });
}

#[test]
fn body_that_finishes_too_late_fails_too() {
    support::alone(|_| {
        let (said, _) = hang(|_| thread::sleep(Duration::from_millis(400)));
        assert!(said.contains("nothing the harness knows of"), "{said}");
    });
}

#[test]
fn test_that_ends_in_time_does_not_wait_for_its_watchdog() {
    let start = Instant::now();
    support::alone(|_| {});
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
}

/// Ends at once, unless it is told not to end at all.
#[test]
fn probe_that_hangs() {
    support::alone_within(Duration::from_millis(300), |_| {
        while std::env::var_os("PROBE_HANGS").is_some() {
            thread::park();
        }
    });
}
