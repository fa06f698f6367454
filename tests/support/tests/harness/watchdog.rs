//! What the watchdog promises: no test hangs, and the reason is told.

use crate::probe::{finish, forced, run, this_program};
use crate::raw;
use nix::errno::Errno;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use support::{Alone, Room, Running, caught, until};

/// Runs a body that hangs; returns what the failure says and how long it took.
fn hang(body: impl FnOnce(&Room)) -> (String, Duration) {
    let start = Instant::now();
    let inner = || support::alone_within(Duration::from_millis(300), body);
    let said = caught(inner).expect_err("it must not pass");
    (said, start.elapsed())
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
        assert!(said.contains("the test's thread is asleep in msgsnd or msgrcv"), "{said}");
        assert!(took < Duration::from_secs(8), "{took:?}");
    });
}

#[test]
fn condition_that_never_comes_is_named() {
    support::alone(|_| {
        let (said, _) = hang(|_| until("the cows to come home", || false));
        assert!(said.contains("waiting for: the cows to come home"), "{said}");
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
        assert!(said.contains(r#"waiting for: the line "purr" on stdout of "cat""#), "{said}");
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
        assert!(said.contains(r#"waiting for: "sleep" "60" to read its input"#), "{said}");
        assert!(said.contains("it does not read what is written to it"), "{said}");
        assert!(took < Duration::from_secs(8), "{took:?}");
    });
}

#[test]
fn body_that_finishes_too_late_fails_too() {
    support::alone(|_| {
        let (said, _) = hang(|_| thread::sleep(Duration::from_millis(400)));
        assert!(said.contains("nothing that the harness knows of"), "{said}");
    });
}

#[test]
fn condition_that_the_end_of_the_time_brings_about_does_not_count() {
    support::alone(|_| {
        let (said, _) = hang(|room| {
            let id = raw::create(room.key()).expect("the key is unused");
            until("the queue to be gone", || room.queues().is_empty());
            panic!("the queue {id} is not gone before the watchdog removes it");
        });
        assert!(said.ends_with("gave up waiting for the queue to be gone"), "{said}");
    });
}

/// Ends at once, unless it is told to hang. Then the queue goes, and two assertions fail.
#[test]
fn probe_that_is_silent() {
    let alone = Alone::default().within(Duration::from_millis(300));
    alone.silent_after_time().run(|room| {
        if std::env::var_os("PROBE_HANGS").is_some() {
            let id = raw::create(room.key()).expect("the key is unused");
            let receive = move || assert_eq!(raw::receive(id), Ok(0), "not for the screen");
            let thread = support::spawn(receive);
            receive();
            assert!(thread.join().is_ok(), "not for the screen either");
        }
    });
}

#[test]
fn nothing_is_said_after_the_time_but_what_was_awaited() {
    let test = "watchdog::probe_that_is_silent";
    for mut command in [run(&this_program(), test), forced("keys", test)] {
        let finished = {
            command.env("PROBE_HANGS", "1");
            finish(command)
        };
        finished
            .code(101)
            .stderr_has("is not done after 300ms; it was waiting for: a message call");
        let said = finished.stderr_text();
        assert!(!said.contains("not for the screen"), "{said}");
    }
}

#[test]
fn test_that_ends_in_time_does_not_wait_for_its_watchdog() {
    let start = Instant::now();
    support::alone(|_| {});
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
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
