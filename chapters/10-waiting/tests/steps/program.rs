//! The program: receives and sends with a timeout.

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use support::{Running, asleep_in_msg_call, until};

use crate::{LONG, new_queue, send, shut_queue};

fn ch10(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("ch10");
    command.args(args);
    command
}

#[test]
fn message_is_sent_and_received_in_time() {
    support::alone(|room| {
        let queue = new_queue(room);
        let id = queue.id().to_string();
        ch10(&["send", &id, "5", "2", "hello"])
            .assert()
            .success()
            .stdout("sent type 2, 6 bytes\n")
            .stderr("");
        ch10(&["receive", &id, "5", "1"]).assert().code(1);
        ch10(&["receive", &id, "5", "2"])
            .assert()
            .success()
            .stdout("type 2, 6 bytes: \"hello\\x00\"\n")
            .stderr("");
        room.remove(queue.id());
    });
}

#[test]
fn message_that_comes_later_is_received() {
    support::alone(|room| {
        let queue = new_queue(room);
        let mut command = std::process::Command::new(cargo_bin!("ch10"));
        command.args(["receive", &queue.id().to_string(), "3600000"]);
        let program = Running::start(command);
        until("the program to sleep in msgrcv", || asleep_in_msg_call(program.id()));
        send(queue, LONG).expect("there is room");
        program.finish().success().stdout_is("type 1, 5 bytes: \"hello\"\n");
        room.remove(queue.id());
    });
}

#[test]
fn end_of_the_time_is_explained() {
    support::alone(|room| {
        let queue = shut_queue(room);
        let id = queue.id().to_string();
        ch10(&["receive", &id, "5"])
            .assert()
            .code(1)
            .stdout("")
            .stderr("ch10: no message came within 5 ms\n");
        ch10(&["send", &id, "5", "1", "hello"])
            .assert()
            .code(1)
            .stdout("")
            .stderr(contains("still full").and(contains("(ETIMEDOUT)")));
        room.remove(queue.id());
    });
}

#[test]
fn nothing_is_lost_in_5000_races_of_arrivals_and_deadlines() {
    support::alone(|room| {
        ch10(&["race", "5000"])
            .assert()
            .success()
            .stdout(contains("each message arrived once, and nothing is left\n"))
            .stderr("");
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn ways_to_wait_are_measured() {
    support::alone(|room| {
        let measured = ch10(&["measure", "3"]).assert().success().stderr("");
        let table = String::from_utf8_lossy(&measured.get_output().stdout);
        assert_eq!(table.lines().count(), 7, "{table}");
        eprintln!("{table}");
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn missing_queue_is_explained() {
    for args in [&["receive", "2147483647", "5"][..], &["send", "2147483647", "5", "1", "hello"]] {
        let explained = contains("no queue with this id").and(contains("(EINVAL)"));
        ch10(args).assert().code(1).stdout("").stderr(explained);
    }
}

#[test]
fn wrong_time_is_refused_with_a_reason() {
    ch10(&["receive", "0", "soon"]).assert().code(2).stderr(contains("milliseconds"));
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    support::usage_is_printed(
        cargo_bin!("ch10"),
        &[
            &[][..],
            &["receive"],
            &["receive", "0"],
            &["send", "0", "5", "1"],
            &["race"],
            &["race", "x"],
            &["measure", "0"],
        ],
    );
}
