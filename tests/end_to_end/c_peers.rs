//! Programs in C: whoever sends a `long` and 256 bytes of text can talk to either side.

use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Running, alone};
use sysv_mq::{MessageType, Receiver, Sender};

use crate::programs::{
    CONNECTED, READY, client_given, queue, ready_server, server, transcript, unattended_queue,
};

#[test]
fn rust_client_talks_to_c_server() {
    alone(|room| {
        let key = room.key();
        let mut server = Running::start(c("server", key));
        server.wait_for_line(READY);

        let longest = "x".repeat(255);
        client_given(key, format!("hello\n\n{longest}\nexit\n")).success();

        server.finish().success().stdout_is(transcript(["hello", "", &longest, "exit"]));
    });
}

#[test]
fn c_client_talks_to_rust_server() {
    alone(|room| {
        let key = room.key();
        let server = ready_server(key);

        c_client_given(key, "hello\n\nexit\n");

        server.finish().success().stdout_is(transcript(["hello", "", "exit"]));
    });
}

#[test]
fn c_client_can_go_and_the_rust_server_stays() {
    alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);

        c_client_given(key, "no exit\n");
        server.wait_for_line("Server received: no exit");
        c_client_given(key, "here again\nexit\n");

        server.finish().success().stdout_has("Server received: here again\n");
    });
}

#[test]
fn stale_bytes_of_a_c_client_are_in_the_queue_and_not_on_the_screen() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        c_client_given(key, "my secret word\nhi\nexit\n");

        let mut receiver = Receiver::new(queue.queue());
        let second = receiver.peek(1).expect("the queue can be looked at");
        let bytes = second.expect("three messages wait").bytes();
        assert_eq!(bytes.len(), 256);
        // "hi\n" overwrote "my ", and then a NUL the newline.
        let stale = b"hi\0\0ecret word\0";
        assert!(bytes.starts_with(stale), "{}", bytes.escape_ascii());

        let server = Running::start(server(key)).finish();
        assert_eq!(
            server.success().lines()[1..],
            [
                "Server received: my secret word",
                "Server received: hi",
                "Server received: exit",
                "Server shutting down...",
            ]
        );
    });
}

/// As `strncpy` leaves them in C when the text is too long.
#[test]
fn both_servers_take_256_bytes_without_a_nul_for_text() {
    alone(|room| {
        for program in [c as fn(&str, i32) -> Command, rust] {
            let key = room.key();
            let mut server = Running::start(program("server", key));
            server.wait_for_line(READY);

            let mut sender = Sender::new(queue(key));
            for text in [&[b'x'; 256][..], b"exit\0"] {
                sender.send(MessageType::ONE, text).expect("there is room");
            }

            let xs = "x".repeat(256);
            server.finish().success().stdout_is(transcript([&xs[..], "exit"]));
        }
    });
}

/// Gives the C client all this to read. It prints a prompt for each line, into pipes too.
fn c_client_given(key: i32, input: &str) {
    let mut client = Running::start(c("client", key));
    client.write(input);
    let client = client.finish();
    client.success().stdout_has(format!("{CONNECTED}\n> "));
}

/// `tests/c/NAME.c`, compiled and not started yet.
fn c(name: &str, key: i32) -> Command {
    let source = format!("{}/tests/c/{name}.c", env!("CARGO_MANIFEST_DIR"));
    let program: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("c-{name}"));
    let mut command = Command::new(support::cc(source, program));
    command.arg(key.to_string());
    command
}

fn rust(_server: &str, key: i32) -> Command {
    server(key)
}
