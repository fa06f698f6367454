//! A standard output that cannot be used, or only now and then.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use nix::sys::signal::Signal;
use support::{Running, in_namespace};

use crate::programs::{client, server, transcript};
use crate::slow_pipe::SlowPipe;

#[test]
fn unusable_standard_output_is_reported_before_a_queue_is_made() {
    support::alone(|room| {
        for (redirection, complaint) in [
            (">&-", "standard output is closed"),
            ("1</dev/null", "standard output is not open for writing"),
        ] {
            let server = Running::start(redirected(redirection, room.key())).finish();
            server.code(1).stderr_has(complaint);
            server.stderr_has("(EBADF)\n");
            assert_eq!(room.queues(), []);
        }
    });
}

#[test]
fn new_queue_of_a_server_that_cannot_even_greet_is_removed() {
    support::alone(|room| {
        let server = Running::start(redirected(">/dev/full", room.key())).finish();
        server.code(1).stderr_has("is gone: cannot write to standard output: the disk is full");
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn chosen_dev_null_is_as_good_as_a_terminal() {
    support::alone(|room| {
        for redirection in [">/dev/null", "1<>/dev/null"] {
            let key = room.key();
            let server = Running::start(redirected(redirection, key));
            support::until("its queue", || !room.queues().is_empty());
            server.signal(Signal::SIGTERM);
            server.finish().success().stderr_is("");
        }
    });
}

#[test]
fn nonblocking_output_with_a_slow_reader_gets_every_line() {
    support::alone(|room| {
        let key = room.key();
        let server = SlowPipe::start_nonblocking(server(key), key);
        let lines: Vec<String> = (0..3000).map(|n| format!("line {n}")).collect();
        let mut client = Running::start(client(key));
        client.write(lines.join("\n")).write("\nexit\n").close_stdin();
        server.wait_until_stuck();
        let server = server.read();
        client.finish().success();
        let all = lines.iter().map(String::as_str).chain(["exit"]);
        server.success().stdout_is(transcript(all)).stderr_is("");
    });
}

#[test]
fn system_whose_queues_hold_nothing_is_reported_at_the_start() {
    in_namespace(|room| {
        room.set_limit("msgmnb", 0);
        let server = Running::start(server(room.key())).finish();
        server.code(1).stdout_is("").stderr_has("sysctl kernel.msgmnb=16384");
        assert_eq!(room.queues(), []);
    });
}

/// `server --key KEY`, with a shell's redirection.
fn redirected(redirection: &str, key: i32) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec \"$0\" --key {key} {redirection}")]);
    shell.arg(cargo_bin!("server"));
    shell
}
