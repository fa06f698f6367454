//! What tests of programs with queues need, in one file that you can take along, and tests of the
//! two programs with it.
//!
//! `tests/support` is what became of it in this repository: it also works where no namespace can be
//! had.

use std::fs;
use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use assert_cmd::prelude::*;
use nix::sched::{CloneFlags, unshare};
use predicates::prelude::*;
use sysv_mq::{Mode, Queue, remove};

// ANCHOR: alone
const DEADLINE: Duration = Duration::from_secs(10);

/// Runs `test` with a table of queues of its own, ends it after ten seconds, and looks at what it
/// has left.
fn alone(test: impl FnOnce()) {
    if unshare(CloneFlags::CLONE_NEWIPC).is_err() {
        return eprintln!("skipped: run this as root, or with unshare --map-root-user --ipc");
    }
    // A thread started from here on is in the same namespace, and so is a program.
    let (end, ended) = mpsc::channel::<()>();
    let watchdog = thread::spawn(move || {
        let late = ended.recv_timeout(DEADLINE) == Err(RecvTimeoutError::Timeout);
        let left = queues();
        // Whoever is asleep on one of them wakes up, with EIDRM.
        let removed = left.iter().map(|id| remove(Queue::from_id(*id)));
        (late, removed.filter(Result::is_ok).count())
    });
    test();
    drop(end); // a panic in `test` drops it too
    let (late, left) = watchdog.join().expect("no panic in the watchdog");
    assert!(!late, "the test was not done after {DEADLINE:?}");
    assert_eq!(left, 0, "queues were left behind");
}

/// The IDs of all queues, from the kernel's public list.
fn queues() -> Vec<i32> {
    let list = fs::read_to_string("/proc/sysvipc/msg").expect("everybody may read this");
    let ids = list.lines().skip(1).map(|line| line.split_whitespace().nth(1));
    ids.map(|id| id.and_then(|id| id.parse().ok()).expect("a number")).collect()
}
// ANCHOR_END: alone

// ANCHOR: until
/// Waits for something that can be seen.
#[track_caller]
fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !condition() {
        assert!(begin.elapsed() < DEADLINE, "in vain: {what}");
        thread::sleep(Duration::from_millis(1));
    }
}
// ANCHOR_END: until

// ANCHOR: server
/// A server that is ready: it has printed its first line.
fn server() -> Child {
    let mut server = Command::new(cargo_bin!("server"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("the server can be started");
    let mut line = String::new();
    let mut stdout = BufReader::with_capacity(1, server.stdout.as_mut().expect("a pipe"));
    stdout.read_line(&mut line).expect("text");
    assert!(line.contains("Waiting for messages"), "{line}");
    server
}
// ANCHOR_END: server

// ANCHOR: first
#[test]
fn client_without_a_server_asks_for_one() {
    alone(|| {
        cargo_bin_cmd!("client")
            .arg("hello")
            .assert()
            .code(1)
            .stdout("")
            .stderr(predicate::str::contains("is the server running?"));
    });
}
// ANCHOR_END: first

// ANCHOR: dialogue
#[test]
fn each_line_arrives_and_exit_stops_both() {
    alone(|| {
        let server = server();
        cargo_bin_cmd!("client")
            .write_stdin("hello\nexit\n")
            .assert()
            .success()
            .stdout(predicate::str::ends_with("Client exiting...\n"));
        let output = server.wait_with_output().expect("the server ends");
        output
            .assert()
            .success()
            .stdout("Server received: hello\nServer received: exit\nServer shutting down...\n");
    });
}
// ANCHOR_END: dialogue

// ANCHOR: asleep
#[test]
fn waiting_server_is_asleep_in_msgrcv() {
    alone(|| {
        let server = server();
        let call = format!("/proc/{}/syscall", server.id());
        let msgrcv = format!("{} ", nix::libc::SYS_msgrcv);
        until("the server falls asleep", || {
            fs::read_to_string(&call).is_ok_and(|now| now.starts_with(&msgrcv))
        });
        cargo_bin_cmd!("client").arg("exit").assert().success();
        server.wait_with_output().expect("it ends").assert().success();
    });
}
// ANCHOR_END: asleep

// ANCHOR: terminal
#[test]
fn typed_line_arrives_and_ctrl_d_ends_the_client() {
    alone(|| {
        let server = server();
        let client = Command::new(cargo_bin!("client"));
        let mut terminal = rexpect::session::spawn_command(client, Some(10_000)).expect("a pty");
        terminal.exp_string("> ").expect("a prompt");
        terminal.send_line("hello").expect("it reads");
        terminal.exp_string("> ").expect("another prompt");
        terminal.send_control('d').expect("it reads");
        terminal.exp_string("Client exiting...").expect("the end");
        cargo_bin_cmd!("client").arg("exit").assert().success();
        let output = server.wait_with_output().expect("the server ends");
        output.assert().stdout(predicate::str::starts_with("Server received: hello\n"));
    });
}
// ANCHOR_END: terminal

#[test]
fn queue_left_behind_fails_the_test_and_is_removed() {
    let mut ran = false;
    let test = || {
        ran = true;
        Queue::private(Mode::S_IRUSR).expect("a queue");
    };
    let result = catch_unwind(AssertUnwindSafe(|| alone(test)));
    assert_eq!(result.is_err(), ran);
    assert!(!ran || queues().is_empty());
}
