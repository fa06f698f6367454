//! The program: messages through each mechanism, and the table.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command as StdCommand, Stdio};

use assert_cmd::Command;
use assert_cmd::cargo::{cargo_bin, cargo_bin_cmd};
use ch13_other_queues::{TABLE, plain_text, rows};
use nix::fcntl::OFlag;
use nix::unistd::pipe2;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, ends_with};
use support::{BAD_OUTPUTS, Room};

use crate::{Tried, alone};

for_each_mechanism!(
    texts_are_sent_by_a_child_and_printed_with_their_boundaries,
    texts_that_are_more_than_fit_all_arrive,
    table_of_one_mechanism_is_printed,
);

fn ch13(args: &[&str]) -> Command {
    let mut command = cargo_bin_cmd!("ch13");
    command.args(args);
    command
}

fn texts_are_sent_by_a_child_and_printed_with_their_boundaries<Q: Tried>(_: &Room) {
    let end = match Q::NAME {
        "seqpacket" | "pipe" => "the end: no sender is left",
        _ => "no sender is left, and nothing says so",
    };
    let expected = format!("5 bytes: \"hello\"\n0 bytes: \"\"\n1 byte: \"\\n\"\n{end}\n");
    ch13(&["try", Q::NAME, "hello", "", "\n"]).assert().success().stdout(expected).stderr("");
}

fn texts_that_are_more_than_fit_all_arrive<Q: Tried>(_: &Room) {
    let text = "x".repeat(8000);
    let args = [&["try", Q::NAME][..], &[text.as_str(); 40]].concat();
    let lines = format!("8000 bytes: \"{text}\"\n").repeat(40);
    ch13(&args).assert().success().stdout(predicates::str::starts_with(lines)).stderr("");
}

fn table_of_one_mechanism_is_printed<Q: Tried>(_: &Room) {
    let printed = ch13(&["table", Q::NAME]).assert().success().stderr("");
    let printed = String::from_utf8_lossy(&printed.get_output().stdout).into_owned();
    let rows = rows(TABLE);
    assert_eq!(printed.lines().count(), rows.len());
    for (line, row) in printed.lines().zip(rows) {
        assert!(line.starts_with(&format!("{}  ", row.property)), "{line}");
        assert!(row.cells.iter().any(|cell| line.ends_with(&plain_text(cell))), "{line}");
        assert!(!line.contains(['`', '[']), "{line}");
    }
}

#[test]
fn property_of_the_table_is_printed_by_how_its_name_begins() {
    let poll = "poll\n  system-v    no\n  posix       yes\n  seqpacket   yes\n  datagram    yes\n  \
                pipe        yes\n";
    ch13(&["table", "POLL"]).assert().success().stdout(poll).stderr("");
    let all = ch13(&["table"]).assert().success().stdout(contains(poll)).stderr("");
    let lines = String::from_utf8_lossy(&all.get_output().stdout).lines().count();
    assert_eq!(lines, 7 * rows(TABLE).len() - 1);
    let unknown = ch13(&["table", "colour"]).assert().code(2).stdout("");
    unknown.stderr(contains("colour: neither a mechanism nor how a property begins"));
}

#[test]
fn bare_calls_show_what_becomes_of_boundaries_and_empty_messages() {
    alone(|_| {
        let plain = |mechanism| ch13(&["plain", mechanism, "ab", "", "cd"]).assert().success();
        let empty = "0 bytes: an empty message, or the end\n";
        let packets = format!("2 bytes: \"ab\"\n{empty}2 bytes: \"cd\"\n");
        for mechanism in ["system-v", "posix", "datagram"] {
            plain(mechanism).stdout(format!("{packets}nothing now (EAGAIN)\n"));
        }
        plain("seqpacket").stdout(format!("{packets}{empty}"));
        plain("pipe").stdout(format!("4 bytes: \"abcd\"\n{}", empty.repeat(3)));
    });
}

#[test]
fn bare_calls_get_no_more_than_fits_into_any_queue() {
    for texts in [vec!["x"; 11], vec![&*"x".repeat(4097)]] {
        let refused = ch13(&[&["plain", "pipe"][..], &texts].concat()).assert().code(2).stdout("");
        refused.stderr(contains("at most 10 texts, of 4096 bytes together"));
    }
}

#[test]
fn pipe_of_the_shell_carries_messages_too() {
    let program = cargo_bin!("ch13").display().to_string();
    let line = format!("'{program}' send pipe one '' two | '{program}' receive pipe");
    let done = Command::new("sh").args(["-c", &line]).assert().success().stderr("");
    done.stdout("3 bytes: \"one\"\n0 bytes: \"\"\n3 bytes: \"two\"\nthe end\n");
}

#[test]
fn message_that_is_too_long_is_explained_by_parent_and_child() {
    alone(|room| {
        let longest = usize::try_from(room.limit("msgmax")).expect("it fits");
        for (mechanism, longest, errno) in
            [("system-v", longest, "(EINVAL)"), ("posix", 8192, "(EMSGSIZE)")]
        {
            let failed = ch13(&["try", mechanism, &"x".repeat(longest + 1)]).assert().code(1);
            let child = contains("ch13: cannot send: the message is longer than")
                .or(contains("or the message is longer than"));
            let parent = ends_with("ch13: the child that sends has failed (exit status: 1)\n");
            failed.stderr(child.and(contains(errno)).and(parent));
        }
    });
}

#[test]
fn end_that_was_not_given_is_explained() {
    for (verb, mechanism) in [("send", "posix"), ("receive", "system-v")] {
        let refused = ch13(&[verb, mechanism]).assert().code(1).stdout("");
        refused.stderr(contains("ch13 try starts it with one (ENOENT)"));
    }
    let refused = ch13(&["receive", "seqpacket"]).assert().code(1).stdout("");
    refused.stderr(contains("cannot receive: ").and(contains("(ENOTSOCK)")));
}

#[test]
fn receiver_that_has_gone_ends_the_sender_with_a_sentence() {
    let mut command = StdCommand::new(cargo_bin!("ch13"));
    let output = command.args(["send", "pipe", "hello"]).stdout(closed_pipe()).output();
    let stderr = String::from_utf8_lossy(&output.expect("it ends").stderr).into_owned();
    assert_eq!(stderr, "ch13: cannot send: nobody is left who could receive it (EPIPE)\n");
}

/// A program that does not ignore SIGPIPE, as Rust's do, is killed without a word.
#[test]
fn receiver_that_has_gone_kills_a_c_program_with_sigpipe() {
    let status = StdCommand::new("yes").stdout(closed_pipe()).stderr(Stdio::null()).status();
    assert_eq!(status.expect("it is there").signal(), Some(nix::libc::SIGPIPE));
}

/// The writing end of a pipe that nobody reads.
fn closed_pipe() -> Stdio {
    let (_reader, writer) = pipe2(OFlag::O_CLOEXEC).expect("there may be one");
    writer.into()
}

#[test]
fn bad_output_ends_the_program_with_a_sentence() {
    alone(|_| {
        for bad in BAD_OUTPUTS {
            for args in [
                &["table"][..],
                &["try", "posix", "a"],
                &["plain", "pipe", "a"],
                &["many", "pipe", "1"],
            ] {
                bad.run(cargo_bin!("ch13"), args);
            }
        }
    });
}

#[test]
fn usage_is_printed_for_help_and_after_misuse() {
    support::usage_is_printed(
        cargo_bin!("ch13"),
        &[&[][..], &["try"], &["try", "pipe"], &["many", "pipe"], &["table", "a", "b"], &["empty"]],
    );
    ch13(&["try", "mail", "a"]).assert().code(2).stderr(contains("mail: a mechanism is system-v"));
    ch13(&["many", "pipe", "-1"]).assert().code(2).stderr(contains("-1: "));
}
