//! The program: takes one message, or looks at one.

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use support::{Running, asleep_in_msg_call, until};

use crate::{NOBODY, new_queue, queue_with};

fn ch05(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("ch05");
    command.args(args);
    command
}

#[test]
fn message_is_taken_and_printed_escaped() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "one\0"), (2, "\x1b[2J\"two\"\n")]);
        let id = queue.id().to_string();
        ch05(&[&id]).assert().success().stdout("type 1, 4 bytes: \"one\\x00\"\n").stderr("");
        ch05(&[&id]).assert().success().stdout("type 2, 10 bytes: \"\\x1b[2J\\\"two\\\"\\n\"\n");
        assert_eq!(room.queues()[0].qnum, 0);
        room.remove(queue.id());
    });
}

#[test]
fn message_is_chosen_as_asked() {
    support::alone(|room| {
        let queue = queue_with(room, &[(4, "d"), (3, "c"), (2, "b"), (1, "a")]);
        let id = queue.id().to_string();
        for (which, text) in [("upto:2", "a"), ("not:4", "c"), ("2", "b"), ("any", "d")] {
            ch05(&[&id, which]).assert().success().stdout(contains(format!("\"{text}\"")));
        }
        room.remove(queue.id());
    });
}

#[test]
fn message_is_looked_at_and_left() {
    support::alone(|room| {
        let queue = queue_with(room, &[(4, "d"), (3, "c")]);
        let id = queue.id().to_string();
        ch05(&["--peek", &id]).assert().success().stdout("type 4, 1 bytes: \"d\"\n");
        ch05(&["--peek", &id, "1"]).assert().success().stdout("type 3, 1 bytes: \"c\"\n");
        ch05(&["--peek", &id, "2"]).assert().code(1).stderr(contains("(ENOMSG)"));
        assert_eq!(room.queues()[0].qnum, 2);
        room.remove(queue.id());
    });
}

#[test]
fn nonblocking_receive_from_empty_queue_is_explained() {
    support::alone(|room| {
        let queue = new_queue(room);
        ch05(&["--try", &queue.id().to_string()])
            .assert()
            .code(1)
            .stdout("")
            .stderr(contains("no such message").and(contains("(ENOMSG)")));
        room.remove(queue.id());
    });
}

#[test]
fn removal_while_it_waits_is_explained() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut command = std::process::Command::new(cargo_bin!("ch05"));
        command.arg(queue.id().to_string());
        let program = Running::start(command);
        until("the program to sleep in msgrcv", || asleep_in_msg_call(program.id()));
        room.remove(queue.id());
        program.finish().code(1).stderr_has("removed").stderr_has("(EIDRM)");
    });
}

#[test]
fn missing_queue_is_explained() {
    ch05(&["2147483647"])
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("no queue with this id").and(contains("(EINVAL)")));
}

#[test]
fn somebody_elses_queue_is_explained() {
    support::alone(|room| {
        let queue = queue_with(room, &[(1, "private")]);
        let (_copied, program) = support::copy_for_others(cargo_bin!("ch05"));
        let mut command = std::process::Command::new(program);
        command.args(["--try", &queue.id().to_string()]);
        if support::as_user(NOBODY, &mut command) {
            let finished = Running::start(command).finish();
            finished.code(1).stdout_is("").stderr_has("ask its owner").stderr_has("(EACCES)");
        }
        room.remove(queue.id());
    });
}

#[test]
fn wrong_id_is_refused_with_a_reason() {
    ch05(&["queue"]).assert().code(2).stderr(contains("a queue id is a whole number"));
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    support::usage_is_printed(
        cargo_bin!("ch05"),
        &[
            &[][..],
            &["--try"],
            &["0", "none"],
            &["0", "0"],
            &["0", "not:0"],
            &["0", "upto:x"],
            &["0", "all:1"],
            &["--peek", "0", "-1"],
            &["0", "any", "any"],
        ],
    );
}

#[test]
fn arguments_that_are_not_utf8_are_refused() {
    use std::os::unix::ffi::OsStrExt;

    let mut command = cargo_bin_cmd!("ch05");
    command.arg(std::ffi::OsStr::from_bytes(b"\xff"));
    command.assert().code(2).stderr("ch05: the arguments have to be UTF-8\n");
}
