//! Standard streams that are closed, the wrong way round, full, non-blocking, or slow.

use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use support::{Running, alone, nonblocking, until};

use crate::full::take;
use crate::full_pipe::{FullPipe, sleeps_in};
use crate::programs::{CONNECTED, client, unattended_queue};

#[test]
fn client_that_cannot_read_or_print_sends_nothing_and_exits_with_1() {
    alone(|room| {
        let key = room.key();
        let _queue = unattended_queue(key);
        for (redirection, complaint) in [
            ("<&-", "standard input is closed; give it a file"),
            ("0>/dev/null", "standard input is not open for reading"),
            ("</", "cannot read standard input: it is a directory"),
            (">&- LINE", "standard output is closed; give it a file"),
            ("1</dev/null LINE", "standard output is not open for writing"),
            (">/dev/full LINE", "cannot write to standard output"),
        ] {
            // Where the input is fine, it is this line.
            let redirection = redirection.replace("LINE", "<<END\nhello\nEND");
            let client = Running::start(redirected(key, "", &redirection)).finish();
            client.code(1).stderr_has(format!("client: {complaint}"));
            assert_eq!(room.queues()[0].qnum, 0, "{redirection}: nothing is sent");
        }
    });
}

#[test]
fn client_with_arguments_needs_no_streams() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        for redirection in ["<&-", "0>/dev/null", ">&-", "<&- >&-", "<&- >&- 2>&-"] {
            let client = Running::start(redirected(key, "one", redirection)).finish();
            client.success().stdout_is("").stderr_is("");
            assert_eq!(take(&queue), "one", "{redirection}");
        }
    });
}

#[test]
fn dev_null_that_somebody_chose_is_an_input_without_lines() {
    alone(|room| {
        let key = room.key();
        let _queue = unattended_queue(key);
        for redirection in ["</dev/null", "0<>/dev/null", "</dev/null >/dev/null"] {
            let client = Running::start(redirected(key, "", redirection)).finish();
            client.success().stderr_is("");
        }
    });
}

#[test]
fn nonblocking_input_with_a_slow_writer_is_read_whole() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        let mut command = client(key);
        nonblocking(&mut command, 0);
        let mut client = Running::start(command);
        client.wait_for_line(CONNECTED);
        for (part, sent) in [("he", None), ("llo\nne", Some("hello")), ("xt\n", Some("next"))] {
            until("the client to wait for its input", || sleeps_in(client.id(), POLL));
            client.write(part);
            if let Some(sent) = sent {
                assert_eq!(take(&queue), sent);
            }
        }
        client.write("no newline");
        client.finish().success().stderr_is("");
        assert_eq!(take(&queue), "no newline");
    });
}

#[test]
fn output_that_nobody_reads_is_waited_for_with_a_notice() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        let pipe = FullPipe::new();
        let mut client = Running::start(redirected(key, "", &format!(">{}", pipe.path())));
        client.write_line("hello");

        client.wait_for_stderr("client: waiting for somebody to read standard output\n");
        assert_eq!(room.queues()[0].qnum, 0, "it greets before it sends");
        let mut shown = pipe.drain();
        client.finish().success();
        shown += &pipe.drain();
        let shown = shown.trim_start_matches('.');
        assert_eq!(shown, format!("{CONNECTED}\nClient exiting...\n"));
        assert_eq!(take(&queue), "hello");
    });
}

/// `client --key KEY ARGUMENT REDIRECTION`, as a shell does it.
pub(crate) fn redirected(key: i32, argument: &str, redirection: &str) -> Command {
    let mut shell = Command::new("sh");
    let script = format!("exec \"$0\" --key {key} {argument} {redirection}");
    shell.arg("-c").arg(script).arg(cargo_bin!("client"));
    shell
}

/// The C library may call it by its newer name.
pub(crate) const POLL: &[libc::c_long] = &[
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
    libc::SYS_ppoll,
];
