//! Arguments that hide something, drive the terminal, or look like options and are none.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use support::{Running, alone};
use sysv_mq::{Receiver, Select};

use crate::programs::{client, unattended_queue};
use crate::usage::run;

#[test]
fn text_that_looks_like_an_option_is_refused_with_the_way_to_send_it() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        for text in ["-hello", "-1", "-V2", "--hello", "--kye", "--zzz"] {
            let refused = Running::start(client_with(key, &[text])).finish();
            refused.code(2).stdout_is("");
            refused.stderr_has(format!("write 'client -- {text}'"));
            assert_eq!(room.queues()[0].qnum, 0, "nothing was sent");

            let sent = Running::start(client_with(key, &["--", text])).finish();
            sent.success();
            let mut receiver = Receiver::new(queue.queue());
            let received = receiver.recv(Select::Any).expect("the queue is ours");
            assert_eq!(received.text(), text.as_bytes());
        }
    });
}

#[test]
fn arguments_in_errors_cannot_drive_the_terminal_or_fake_a_line() {
    alone(|_room| {
        let hostile = "\u{1b}[31m\nserver: \u{202e}all is well\u{200b}";
        let shown = r"\u{1b}[31m\nserver: \u{202e}all is well\u{200b}";
        for program in ["server", "client"] {
            for words in [
                &["--key", hostile][..],
                &["--project", hostile],
                &[&format!("--{hostile}")],
                &[&format!("-{hostile}")],
                &["--file", hostile],
            ] {
                let done = run(program, words);
                assert_ne!(done.status.code(), Some(0));
                done.stdout_is("").stderr_has(shown);
                let text = String::from_utf8(done.stderr).expect("it is UTF-8");
                assert!(!text.contains(|c: char| c != '\n' && !(' '..='~').contains(&c)));
                assert!(!text.contains("\nserver: \\u"), "{text}");
            }
        }
    });
}

#[test]
fn bytes_in_arguments_are_named_and_not_shown() {
    alone(|_room| {
        let mut command = Command::new(cargo_bin!("client"));
        command.arg("--key").arg(OsStr::from_bytes(b"\xff"));
        let done = Running::start(command).finish();
        done.code(2).stderr_has(r"invalid value '\xff' for '--key <K>'");
    });
}

#[test]
fn letters_in_errors_are_ascii_where_the_locale_is_not_utf8() {
    alone(|_room| {
        for (locale, shown) in [("C.UTF-8", "'é'"), ("C", r"'\u{e9}'"), ("de_DE", r"'\u{e9}'")] {
            let mut command = Command::new(cargo_bin!("client"));
            command.args(["--key", "é"]).env("LC_ALL", locale);
            let done = Running::start(command).finish();
            done.code(2).stderr_has(format!("invalid value {shown} for"));
        }
    });
}

fn client_with(key: i32, arguments: &[&str]) -> Command {
    let mut command = client(key);
    command.args(arguments);
    command
}
