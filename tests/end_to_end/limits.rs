//! The kernel's limits, lowered until they are felt: how many queues, how long a message, how much
//! in a queue.

use support::{Running, in_namespace};

use crate::programs::{client_given, ready_server, server, transcript, unattended_queue};

#[test]
fn server_reports_too_many_queues() {
    in_namespace(|room| {
        let key = room.key();
        let forgotten = unattended_queue(room.key());
        room.set_limit("msgmni", 1);

        let refused = Running::start(server(key)).finish();

        // The kernel says "No space left on device", which would send a person to look at disks.
        refused.code(1).stdout_is("").stderr_has(format!(
            "server: cannot create the message queue with key 0x{key:08x}: \
             this system has as many queues as it may have"
        ));
        refused.stderr_has("ipcs -q").stderr_has("(ENOSPC)\n");
        assert!(!refused.stderr_text().contains("device"));

        // Its advice helps.
        forgotten.remove().expect("the queue is ours");
        let server = ready_server(key);
        client_given(key, "exit\n").success();
        server.finish().success();
    });
}

#[test]
fn line_longer_than_msgmax_is_refused_and_the_rest_goes_on() {
    in_namespace(|room| {
        let key = room.key();
        let server = ready_server(key);
        room.set_limit("msgmax", 10);

        let client = client_given(key, "123456789\n1234567890\nthe rest\nexit\n");

        client.code(1).stderr_is(
            "client: line 2 was not sent: with its NUL it has 11 bytes, and this system allows 10 \
             in a message: see /proc/sys/kernel/msgmax (EINVAL)\n",
        );
        server.finish().success().stdout_is(transcript(["123456789", "the rest", "exit"]));
    });
}

#[test]
fn everything_gets_through_a_tiny_queue_in_order() {
    in_namespace(|room| {
        let key = room.key();
        // Three of these lines, at most.
        room.set_limit("msgmnb", 32);
        let server = ready_server(key);

        let lines: Vec<String> = (1..=500).map(|number| format!("line {number}")).collect();
        client_given(key, lines.join("\n") + "\nexit\n").success();

        let exit = "exit".to_owned();
        let expected = transcript(lines.iter().chain([&exit]));
        server.finish().success().stdout_is(expected);
    });
}

#[test]
fn server_that_cannot_have_a_thread_makes_no_queue_and_names_the_limits() {
    support::alone(|room| {
        let (_copy, path) = support::copy_for_others(assert_cmd::cargo::cargo_bin!("server"));
        let mut command = std::process::Command::new("prlimit");
        command.arg("--nproc=1").arg(path).args(["--key", &room.key().to_string()]);
        // No limit holds for root; and this user runs nothing else.
        if !support::as_user(64_321, &mut command) {
            return;
        }
        let server = Running::start(command).finish();
        server.code(1).stdout_is("").stderr_has("cannot start a thread: ");
        server.stderr_has("raise the limit (ulimit -u, or pids.max of the container) (EAGAIN)\n");
        assert_eq!(room.queues(), []);
    });
}
