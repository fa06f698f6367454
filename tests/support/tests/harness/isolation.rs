//! The three ways to be alone: each is forced, and each is met for real.
//!
//! The tests run a [`probe`](crate::probe) again, in another process and as somebody else, and look
//! at what it says.

use crate::probe::{NOBODY, alone_as_usual, finish, forced, run, this_program};
use nix::sys::signal::Signal;
use std::process::Command;
use support::{as_user, copy_for_others};

fn user_namespaces_are_allowed() -> bool {
    let mut unshare = Command::new("unshare");
    unshare.args(["--user", "--map-root-user", "--ipc", "true"]);
    let allowed = unshare.output().is_ok_and(|output| output.status.success());
    if !allowed {
        eprintln!("skipped: user namespaces are not allowed here");
    }
    allowed
}

/// Runs a test where neither an IPC nor a user namespace can be made: without any rights, in a user
/// namespace whose own limit of user namespaces is 0.
fn without_any_namespaces(test: &str) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--user", "--map-root-user", "sh", "-c"]);
    command.arg(
        "echo 0 >/proc/sys/user/max_user_namespaces && \
         exec setpriv --bounding-set=-all --inh-caps=-all -- \"$@\"",
    );
    command.args(["sh", &this_program(), test, "--exact", "--nocapture"]);
    alone_as_usual(&mut command);
    command
}

#[test]
fn user_namespace_can_be_forced() {
    if user_namespaces_are_allowed() {
        let finished = finish(forced("user", "probe::probe"));
        finished.success().stdout_has("namespace: true, user namespace: true");
        let finished = finish(forced("user", "probe::probe_for_namespaces"));
        finished.success().stdout_has("the limit is lowered");
    }
}

#[test]
fn failure_in_the_user_namespace_is_taken_over() {
    if user_namespaces_are_allowed() {
        let mut command = forced("user", "probe::probe");
        command.env("PROBE_FAILS", "1");
        finish(command).code(101).stderr_has("asked to fail").stderr_has("in its user namespace");
    }
}

#[test]
fn tests_one_after_another_are_found_again() {
    if user_namespaces_are_allowed() {
        let mut command = Command::new(this_program());
        command.args(["probe::probe", "--skip", "strange", "--nocapture", "--test-threads=1"]);
        alone_as_usual(&mut command);
        command.env("SUPPORT_ISOLATION", "user");
        let finished = finish(command);
        finished.success().stdout_has("namespace: true, user namespace: true");
        finished.stdout_has("the limit is lowered").stdout_has("ok. 3 passed");
    }
}

#[test]
fn run_that_ran_nothing_is_not_taken_for_a_success() {
    if user_namespaces_are_allowed() {
        let finished = finish(forced("user", "probe::probe_on_a_strange_thread"));
        finished
            .success()
            .stdout_has("namespace: false")
            .stderr_has("does not go by the name of its thread");
    }
}

#[test]
fn keys_can_be_forced() {
    finish(forced("keys", "probe::probe")).success().stdout_has("\nnamespace: false");
}

#[test]
fn other_demands_are_refused() {
    finish(forced("prison", "probe::probe")).code(101).stderr_has("SUPPORT_ISOLATION=prison");
}

#[test]
fn test_that_cannot_be_stopped_is_aborted() {
    // In this very process, not in one whose result is taken over.
    let mut command = forced("keys", "watchdog::probe_that_hangs");
    command.env("PROBE_HANGS", "1");
    let finished = finish(command);
    finished.killed_by(Signal::SIGABRT).stderr_has("it was waiting for: nothing that the harness");
    finished.stderr_has("has not ended 10s later either: aborting all tests");
}

#[test]
fn ordinary_user_gets_a_namespace_too() {
    let (_directory, copy) = copy_for_others(this_program());
    let mut command = run(copy.to_str().expect("a path in UTF-8"), "probe::probe");
    if user_namespaces_are_allowed() && as_user(NOBODY, &mut command) {
        finish(command).success().stdout_has("namespace: true, user namespace: true");
    }
}

#[test]
fn without_namespaces_keys_are_what_is_left() {
    if user_namespaces_are_allowed() {
        let finished = finish(without_any_namespaces("probe::probe"));
        finished
            .success()
            .stdout_has("namespace: false")
            .stderr_has("no IPC namespace for each test");
    }
}

#[test]
fn queue_without_a_key_is_left_nowhere_once_somebody_has_watched_it() {
    support::in_namespace(|room| {
        let mut command = forced("keys", "probe::private_queue_probe");
        command.env("PROBE_LEAVES_A_QUEUE", "1");
        finish(command).code(101).stderr_has("left behind the message queue");
        assert!(room.queues().is_empty(), "it is still there");
    });
}

#[test]
fn skipped_test_is_reported() {
    let test = "probe::probe_for_namespaces";
    let said = format!("support: skipped: {test} needs an IPC namespace");
    finish(forced("keys", test)).success().stderr_has(&said);
    if user_namespaces_are_allowed() {
        finish(without_any_namespaces(test)).success().stderr_has(&said);
    }
}

#[test]
fn skipping_can_be_forbidden() {
    let mut command = forced("keys", "probe::probe_for_namespaces");
    command.env("SUPPORT_REQUIRE_NAMESPACE", "1");
    finish(command).code(101).stderr_has("SUPPORT_REQUIRE_NAMESPACE=1 forbids");
}

#[test]
fn nothing_is_left_outside() {
    support::in_namespace(|_| {
        for way in ["namespace", "keys"] {
            // Tests that leave queues behind on purpose, all of them at once.
            let mut command = Command::new(this_program());
            command.args(["rooms::", "watchdog::"]);
            alone_as_usual(&mut command);
            command.env("SUPPORT_ISOLATION", way);
            let ran = "queue_left_behind_fails_the_test_and_is_removed ... ok";
            finish(command).success().stdout_has(ran);
        }
        let mut ipcs = Command::new("ipcs");
        ipcs.arg("-q");
        let finished = finish(ipcs);
        let queues: Vec<_> = finished.lines().into_iter().filter(|l| l.starts_with("0x")).collect();
        assert_eq!(queues, [""; 0]);
    });
}
