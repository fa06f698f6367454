//! The program: produces, and shows how full a queue is.

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use ch02_create::Queue;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use support::{Running, asleep_in_msg_call, until};

use super::{drain, small_queue};
use crate::{LONG, NOBODY, receive};

fn produce(queue: Queue, policy: &str, input: &'static str) -> Command {
    let mut command = cargo_bin_cmd!("ch10");
    command.args(["produce", &queue.id().to_string(), policy]).write_stdin(input);
    command
}

#[test]
fn fate_of_each_line_is_printed() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        produce(queue, "drop-newest", "one..\ntwo..\nthree\n")
            .assert()
            .success()
            .stdout("sent \"one..\"\nsent \"two..\"\ndropped \"three\"\n")
            .stderr("");
        produce(queue, "drop-oldest", "three\nten bytes.")
            .assert()
            .success()
            .stdout("sent \"three\", for 1 older\nsent \"ten bytes.\", for 2 older\n");
        assert_eq!(drain(queue), ["ten bytes."]);
        produce(queue, "slow-down:100", "one..\n").assert().success().stdout("sent \"one..\"\n");
        produce(queue, "wait", "two..\n").assert().success().stdout("sent \"two..\"\n");
        assert_eq!(drain(queue), ["one..", "two.."]);
        room.remove(queue.id());
    });
}

#[test]
fn producer_that_waits_sleeps_in_msgsnd() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        let mut command = std::process::Command::new(cargo_bin!("ch10"));
        command.args(["produce", &queue.id().to_string(), "wait"]);
        let mut program = Running::start(command);
        program.write("one..\ntwo..\nthree\n").close_stdin();
        until("the program to sleep in msgsnd", || asleep_in_msg_call(program.id()));
        assert_eq!(receive(queue, LONG), Ok(Some("one..".to_owned())));
        program.finish().success();
        assert_eq!(drain(queue), ["two..", "three"]);
        room.remove(queue.id());
    });
}

#[test]
fn kept_lines_are_sent_by_the_next_run() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        let folder = tempfile::tempdir().expect("a folder can be made");
        let policy = format!("spool:{}", folder.path().join("spool").display());
        produce(queue, &policy, "one..\ntwo..\nthree\n").assert().success().stdout(
            "sent \"one..\"\nsent \"two..\"\nkept \"three\"\n\
             messages are kept; produce with the same file again to send them\n",
        );
        assert_eq!(drain(queue), ["one..", "two.."]);
        produce(queue, &policy, "").assert().success().stdout("");
        assert_eq!(drain(queue), ["three"]);
        room.remove(queue.id());
    });
}

#[test]
fn disk_that_is_full_is_explained_and_what_was_kept_stays() {
    support::alone(|room| {
        let queue = small_queue(room, 0);
        let folder = tempfile::tempdir().expect("a folder can be made");
        let policy = format!("spool:{}", folder.path().join("spool").display());
        let mut limited = std::process::Command::new("bash");
        // So many blocks of 1,024 bytes a file may have.
        limited.args(["-c", r#"ulimit -f 1 && exec "$@""#, "bash"]).arg(cargo_bin!("ch10"));
        limited.args(["produce", &queue.id().to_string(), &policy]);
        let mut program = Running::start(limited);
        program.write_line("x".repeat(400)).write_line("y".repeat(400)).write_line("z".repeat(400));
        program.finish().code(1).stderr_has("was not sent").stderr_has("(EFBIG)");
        ch06_cleanup::set_capacity(queue, 1000).expect("the queue is ours");
        produce(queue, &policy, "").assert().success().stdout("");
        assert_eq!(drain(queue), ["x".repeat(400), "y".repeat(400)]);
        room.remove(queue.id());
    });
}

#[test]
fn file_that_is_not_a_spool_is_refused_with_a_reason() {
    let letter = tempfile::NamedTempFile::new().expect("a file can be made");
    std::fs::write(&letter, "somebody's letter").expect("it is ours");
    produce(Queue::from_id(0), &format!("spool:{}", letter.path().display()), "")
        .assert()
        .code(1)
        .stdout("")
        .stderr(contains("cannot open").and(contains("take another file (EBADMSG)")));
}

#[test]
fn message_that_never_fits_is_explained() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        produce(queue, "drop-oldest", "eleven bytes\n")
            .assert()
            .code(1)
            .stderr(contains("\"eleven bytes\" was not sent").and(contains("(EAGAIN)")));
        room.remove(queue.id());
    });
}

#[test]
fn dropping_the_oldest_of_a_queue_that_one_may_only_write_to_is_explained() {
    support::alone(|room| {
        let mode = crate::OURS | ch02_create::Mode::S_IWOTH;
        let queue = Queue::private(mode).expect("a queue can be made");
        room.watch(queue.id());
        ch06_cleanup::set_capacity(queue, 5).expect("the queue is ours");
        let (_copied, program) = support::copy_for_others(cargo_bin!("ch10"));
        let mut command = std::process::Command::new(program);
        command.args(["produce", &queue.id().to_string(), "drop-oldest"]);
        if support::as_user(NOBODY, &mut command) {
            let mut program = Running::start(command);
            program.write("one..\ntwo..\n");
            let finished = program.finish();
            finished.code(1).stdout_is("sent \"one..\"\n").stderr_has("(EACCES)");
        }
        room.remove(queue.id());
    });
}

#[test]
fn fullness_is_printed() {
    support::alone(|room| {
        let queue = small_queue(room, 10);
        let fullness = || {
            let mut command = cargo_bin_cmd!("ch10");
            command.args(["fullness", &queue.id().to_string()]).assert().success()
        };
        produce(queue, "wait", "nine bytes").assert().success();
        fullness().stdout("messages  1 of 10, 10 %\nbytes     10 of 10, 100 %\nreceived  never\n");
        drain(queue);
        fullness().stdout(
            contains("messages  0 of 10, 0 %\nbytes     0 of 10, 0 %\nreceived  ")
                .and(contains("s ago")),
        );
        room.remove(queue.id());
    });
}

#[test]
fn missing_queue_is_explained() {
    for args in [&["fullness", "2147483647"][..], &["produce", "2147483647", "wait"]] {
        let explained = contains("no queue with this id").and(contains("(EINVAL)"));
        let mut command = cargo_bin_cmd!("ch10");
        command.args(args).write_stdin("hello\n").assert().code(1).stderr(explained);
    }
}

#[test]
fn usage_is_printed_after_misuse() {
    support::usage_is_printed(
        cargo_bin!("ch10"),
        &[&["produce", "0"], &["produce", "0", "panic"], &["produce", "0", "spool"], &["fullness"]],
    );
    produce(Queue::from_id(0), "slow-down:101", "").assert().code(2).stderr(contains("percent"));
}
