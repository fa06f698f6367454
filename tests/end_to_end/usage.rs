//! Called in the wrong way, the programs say what the right one is and touch nothing.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use assert_cmd::cargo::cargo_bin;
use predicates::str::contains;
use support::{Finished, Running, alone};

#[test]
fn wrong_options_of_both_programs_exit_with_2() {
    alone(|room| {
        for program in ["server", "client"] {
            for (arguments, reason) in [
                ("--key many", "a key is a whole number from -2147483648 to 2147483647"),
                ("--key 0", "0 is IPC_PRIVATE"),
                ("--key 4294967296", "a key is a whole number from -2147483648 to 2147483647"),
                ("--key 1 --file /etc/passwd", "cannot be used with"),
                ("--project 1", "--file <PATH>"),
                ("--file /etc/passwd --project 0", "0 is not in 1..=255"),
                ("--file /etc/passwd --project 256", "256 is not in 1..=255"),
                ("--project -1 --file /etc/passwd", "-1 is not in 1..=255"),
                ("--frobnicate", "unexpected argument"),
                ("-hello", "unexpected argument '-hello' found"),
                ("-hV", "unexpected argument '-hV' found"),
            ] {
                refuses(program, arguments, reason);
            }
        }
        assert!(room.queues().is_empty());
    });
}

#[test]
fn wrong_options_of_the_server_exit_with_2() {
    alone(|room| {
        for (arguments, reason) in [
            ("--mode 8", "a mode is three octal digits"),
            ("--mode 1000", "a mode is three octal digits"),
            ("--mode=-1", "a mode is three octal digits"),
            ("--mode -1", "a mode is three octal digits"),
            ("--mode 066", "a server has to read from its own queue"),
            ("--mode 266", "the first digit is 4 or more"),
            ("--existing keep", "attach, fail, replace"),
            ("hello", "unexpected argument"),
        ] {
            refuses("server", arguments, reason);
        }
        assert!(room.queues().is_empty());
    });
}

#[test]
fn wrong_options_of_the_client_exit_with_2() {
    alone(|_room| {
        for number in ["0", "-1", "one", "9223372036854775808"] {
            let arguments = format!("--type {number}");
            refuses("client", &arguments, "a message type is a whole number from 1 to");
        }
    });
}

#[test]
fn help_that_cannot_be_printed_exits_with_1() {
    alone(|_room| {
        for program in ["server", "client"] {
            for (redirection, reason) in [
                (">/dev/full", "cannot write to standard output"),
                (">&-", "standard output is closed"),
                ("1</dev/null", "standard output is not open for writing"),
            ] {
                for option in ["--help", "-h", "--version"] {
                    let done = redirected(program, option, redirection);
                    done.code(1).stdout_is("");
                    done.stderr_has(format!("{program}: {reason}"));
                }
            }
            redirected(program, "--help", ">/dev/null").success();
        }
    });
}

#[test]
fn file_that_does_not_exist_makes_no_key() {
    alone(|_room| {
        for program in ["server", "client"] {
            let done = run(program, &["--file", "/nowhere/at/all"]);
            done.code(1).stdout_is("").stderr_has(format!(
                "{program}: no key can be made of /nowhere/at/all, which has to exist"
            ));
            done.stderr_has("(ENOENT)\n");
        }
    });
}

#[test]
fn help_and_version_are_answers_and_no_errors() {
    alone(|_room| {
        for program in ["server", "client"] {
            let help = run(program, &["--help"]);
            help.success().stderr_is("").stdout_has(format!("Usage: {program} "));
            for option in ["--key <K>", "--file <PATH>", "--project <N>"] {
                help.stdout_has(option);
            }
            let version = env!("CARGO_PKG_VERSION");
            run(program, &["--version"]).success().stdout_is(format!("{program} {version}\n"));
        }
    });
}

/// The program exits with 2, and says on stderr what is wrong and how it is called.
#[track_caller]
fn refuses(program: &str, arguments: &str, reason: &str) {
    let mut command = assert_cmd::Command::new(path(program));
    command.args(arguments.split(' ')).env("LC_ALL", "C.UTF-8");
    let done = command.timeout(Duration::from_secs(20)).assert();
    done.code(2).stdout("").stderr(contains(reason));
}

pub(crate) fn run(program: &str, arguments: &[&str]) -> Finished {
    let mut command = Command::new(path(program));
    command.args(arguments).env("LC_ALL", "C.UTF-8");
    Running::start(command).finish()
}

/// `PROGRAM OPTION REDIRECTION`, as a shell does it.
fn redirected(program: &str, option: &str, redirection: &str) -> Finished {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("exec \"$0\" {option} {redirection}"));
    shell.arg(path(program));
    Running::start(shell).finish()
}

fn path(program: &str) -> &'static Path {
    match program {
        "server" => cargo_bin!("server"),
        _ => cargo_bin!("client"),
    }
}
