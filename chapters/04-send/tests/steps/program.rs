//! The program: sends its arguments.

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use ch04_send::Sender;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use support::{Running, asleep_in_msg_call, until};

use crate::{NOBODY, ONE, new_queue, raw};

fn ch04(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("ch04");
    command.args(args);
    command
}

#[test]
fn each_argument_is_sent_with_a_nul() {
    support::alone(|room| {
        let queue = new_queue(room);
        ch04(&[&queue.id().to_string(), "7", "hello", ""])
            .assert()
            .success()
            .stdout("sent type 7, 6 bytes\nsent type 7, 1 bytes\n")
            .stderr("");
        assert_eq!(raw::take(queue), (7, b"hello\0".to_vec()));
        assert_eq!(raw::take(queue), (7, b"\0".to_vec()));
        room.remove(queue.id());
    });
}

#[test]
fn nonblocking_send_to_full_queue_is_explained() {
    support::alone(|room| {
        let queue = new_queue(room);
        raw::set_capacity(queue, 10);
        ch04(&["--try", &queue.id().to_string(), "1", "hello", "world"])
            .assert()
            .code(1)
            .stdout("sent type 1, 6 bytes\n")
            .stderr(
                contains("\"world\" was not sent").and(contains("full")).and(contains("(EAGAIN)")),
            );
        room.remove(queue.id());
    });
}

#[test]
fn program_waits_for_room() {
    support::alone(|room| {
        let queue = new_queue(room);
        raw::set_capacity(queue, 10);
        Sender::new(queue).send(ONE, b"ten bytes.").expect("there is room");
        let mut command = std::process::Command::new(cargo_bin!("ch04"));
        command.args([&queue.id().to_string(), "1", "hello"]);
        let program = Running::start(command);
        until("the program to sleep in msgsnd", || asleep_in_msg_call(program.id()));
        raw::take(queue);
        program.finish().success().stdout_is("sent type 1, 6 bytes\n");
        room.remove(queue.id());
    });
}

#[test]
fn removal_while_it_waits_is_explained() {
    support::alone(|room| {
        let queue = new_queue(room);
        raw::set_capacity(queue, 0);
        let mut command = std::process::Command::new(cargo_bin!("ch04"));
        command.args([&queue.id().to_string(), "1", "hello"]);
        let program = Running::start(command);
        until("the program to sleep in msgsnd", || asleep_in_msg_call(program.id()));
        room.remove(queue.id());
        program.finish().code(1).stderr_has("removed").stderr_has("(EIDRM)");
    });
}

#[test]
fn missing_queue_is_explained() {
    ch04(&["2147483647", "1", "hello"])
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("no queue with this id").and(contains("(EINVAL)")));
}

#[test]
fn somebody_elses_queue_is_explained() {
    support::alone(|room| {
        let queue = new_queue(room);
        let (_copied, program) = support::copy_for_others(cargo_bin!("ch04"));
        let mut command = std::process::Command::new(program);
        command.args([&queue.id().to_string(), "1", "hello"]);
        if support::as_user(NOBODY, &mut command) {
            let finished = Running::start(command).finish();
            finished.code(1).stderr_has("ask its owner").stderr_has("(EACCES)");
        }
        room.remove(queue.id());
    });
}

#[test]
fn wrong_id_or_type_is_refused_with_a_reason() {
    ch04(&["queue", "1", "hello"])
        .assert()
        .code(2)
        .stderr(contains("a queue id is a whole number"));
    for number in ["0", "-1", "one"] {
        ch04(&["0", number, "hello"]).assert().code(2).stderr(contains("from 1 to"));
    }
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    support::usage_is_printed(
        cargo_bin!("ch04"),
        &[&[][..], &["0"], &["0", "1"], &["--try", "0", "1"]],
    );
}
