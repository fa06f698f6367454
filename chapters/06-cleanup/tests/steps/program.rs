//! The program: shows, closes and removes queues.

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use nix::unistd::{getegid, geteuid, getpid};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use support::Running;

use crate::{EVERYBODYS, NOBODY, OURS, new_queue, queue_with, recv};

fn ch06(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("ch06");
    command.args(args);
    command
}

#[test]
fn status_is_printed() {
    support::in_namespace(|room| {
        let queue = queue_with(room, &["hello", "world!"]);
        let id = queue.id().to_string();
        let (uid, gid, pid) = (geteuid(), getegid(), getpid());
        let status = |messages: u32, bytes: u32, received: &str| {
            format!(
                "messages  {messages}\nbytes     {bytes}\ncapacity  16384\nmode      600\n\
                 owner     uid {uid}, gid {gid}\nlast sent by process {pid}\n{received}\n"
            )
        };
        let output = status(2, 11, "nothing received yet");
        ch06(&["status", &id]).assert().success().stdout(output).stderr("");
        recv(queue).expect("there is a message");
        let output = status(1, 6, &format!("last received by process {pid}"));
        ch06(&["status", &id]).assert().success().stdout(output);
        room.remove(queue.id());
    });
}

#[test]
fn queue_is_closed_and_what_waited_is_printed() {
    support::alone(|room| {
        let queue = queue_with(room, &["hello\0", "world\n"]);
        let id = queue.id().to_string();
        let output = format!("type 1: \"hello\\x00\"\ntype 1: \"world\\n\"\nqueue {id} closed\n");
        ch06(&["close", &id]).assert().success().stdout(output).stderr("");
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn queue_is_removed_with_what_is_in_it() {
    support::alone(|room| {
        let id = queue_with(room, &["lost"]).id().to_string();
        let output = format!("queue {id} removed\n");
        ch06(&["remove", &id]).assert().success().stdout(output).stderr("");
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn missing_queue_is_explained() {
    for verb in ["status", "close", "remove"] {
        ch06(&[verb, "2147483647"])
            .assert()
            .code(1)
            .stdout("")
            .stderr(contains("no queue with this id").and(contains("(EINVAL)")));
    }
}

#[test]
fn somebody_elses_queue_is_explained() {
    support::alone(|room| {
        let (private, open) = (new_queue(room, OURS), new_queue(room, EVERYBODYS));
        let (_copied, program) = support::copy_for_others(cargo_bin!("ch06"));
        for (verb, queue, words, errno) in [
            ("status", private, "does not let you look", "(EACCES)"),
            ("close", open, "owner", "(EPERM)"),
            ("remove", open, "owner", "(EPERM)"),
        ] {
            let mut command = std::process::Command::new(&program);
            command.args([verb, &queue.id().to_string()]);
            if support::as_user(NOBODY, &mut command) {
                let finished = Running::start(command).finish();
                finished.code(1).stdout_is("").stderr_has(words).stderr_has(errno);
            }
        }
        room.remove(private.id());
        room.remove(open.id());
    });
}

#[test]
fn wrong_id_is_refused_with_a_reason() {
    ch06(&["status", "queue"]).assert().code(2).stderr(contains("a queue id is a whole number"));
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    support::usage_is_printed(
        cargo_bin!("ch06"),
        &[&[][..], &["status"], &["destroy", "0"], &["remove", "0", "1"]],
    );
}
