//! The program: makes and finds queues.

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use ch02_create::Queue;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use support::Running;

use crate::{NOBODY, OURS, new_key};

fn ch02(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("ch02");
    command.args(args);
    command
}

#[test]
fn queue_is_made_and_found() {
    support::alone(|room| {
        let key = new_key(room);
        let text = key.to_string();
        ch02(&["new", &text]).assert().success().stderr("");
        let queue = Queue::open(key).expect("the program made it");
        assert_eq!(room.queues()[0].perms, 0o600);
        let line = format!("queue id {}\n", queue.id());
        ch02(&["create", &text]).assert().success().stdout(line.clone());
        ch02(&["open", &text]).assert().success().stdout(line);
        room.remove(queue.id());
    });
}

#[test]
fn queue_that_exists_is_explained() {
    support::alone(|room| {
        let key = new_key(room);
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        ch02(&["new", &key.to_string()])
            .assert()
            .code(1)
            .stdout("")
            .stderr(contains("already").and(contains("(EEXIST)")));
        room.remove(queue.id());
    });
}

#[test]
fn queue_that_does_not_exist_is_explained() {
    support::alone(|room| {
        ch02(&["open", &new_key(room).to_string()])
            .assert()
            .code(1)
            .stdout("")
            .stderr(contains("no queue with this key").and(contains("(ENOENT)")));
    });
}

#[test]
fn limit_is_explained() {
    support::in_namespace(|room| {
        room.set_limit("msgmni", 0);
        ch02(&["private"])
            .assert()
            .code(1)
            .stdout("")
            .stderr(contains("ipcs -q").and(contains("(ENOSPC)")));
    });
}

#[test]
fn somebody_elses_queue_is_explained() {
    support::alone(|room| {
        let key = new_key(room);
        let queue = Queue::create_new(key, OURS).expect("the key is unused");
        let (_copied, program) = support::copy_for_others(cargo_bin!("ch02"));
        let mut command = std::process::Command::new(program);
        command.args(["create", &key.to_string()]);
        if support::as_user(NOBODY, &mut command) {
            Running::start(command)
                .finish()
                .code(1)
                .stdout_is("")
                .stderr_has("mode does not let you in")
                .stderr_has("(EACCES)");
        }
        room.remove(queue.id());
    });
}

#[test]
fn private_queue_is_made_with_the_mode_asked_for() {
    support::in_namespace(|room| {
        ch02(&["private", "640"]).assert().success().stdout("queue id 0\n");
        let queue = &room.queues()[0];
        assert_eq!((queue.key, queue.perms), (0, 0o640));
        room.remove(queue.msqid);
    });
}

#[test]
fn wrong_key_is_refused_with_a_reason() {
    ch02(&["create", "0"]).assert().code(2).stderr(contains("IPC_PRIVATE"));
    ch02(&["create", "key"]).assert().code(2).stderr(contains("2147483647"));
}

#[test]
fn wrong_mode_is_refused_with_a_reason() {
    for mode in ["1777", "8", "rw", "-1", ""] {
        ch02(&["private", mode]).assert().code(2).stdout("").stderr(contains("three octal digits"));
    }
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    support::usage_is_printed(
        cargo_bin!("ch02"),
        &[&[][..], &["destroy", "1234"], &["create"], &["new", "1", "600", "x"]],
    );
}
