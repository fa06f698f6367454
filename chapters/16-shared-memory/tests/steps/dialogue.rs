//! The dialogue of `server` and `client`, once more.

use std::process::Command;

use ch16_shared_memory::Ring;
use nix::errno::Errno;
use nix::sys::signal::Signal;
use support::{BAD_OUTPUTS, Running, usage_is_printed};

use crate::{Name, ch16, finished, sleeps};

const READY: &str = "Server: Message queue created. Waiting for messages...";
const CONNECTED: &str =
    "Client: Connected to message queue. Type your messages (type 'exit' to quit):\n";

fn ready_server(name: &Name) -> Running {
    let mut server = Running::start(ch16(&["server", &name.0]));
    server.wait_for_line(READY);
    server
}

/// A client that has been given all this to read, and has ended.
fn client(name: &Name, input: impl AsRef<[u8]>) -> support::Finished {
    let mut client = Running::start(ch16(&["client", &name.0]));
    client.write(input);
    client.finish()
}

#[test]
fn lines_typed_at_the_client_are_printed_by_the_server_until_exit() {
    support::alone(|_| {
        let name = Name::new();
        let server = ready_server(&name);
        client(&name, "hello\n\nhow are you?\nexit\nnot sent\n")
            .success()
            .stdout_is(format!("{CONNECTED}Client exiting...\n"))
            .stderr_is("");
        server.finish().success().stderr_is("").stdout_is(format!(
            "{READY}\nServer received: hello\nServer received: \nServer received: how are you?\n\
             Server received: exit\nServer shutting down...\n"
        ));
        assert!(!name.is_in_use());
    });
}

#[test]
fn end_of_input_ends_the_client_alone() {
    support::alone(|_| {
        let name = Name::new();
        let mut server = ready_server(&name);
        for text in ["first", "second"] {
            client(&name, text).success().stdout_is(format!("{CONNECTED}Client exiting...\n"));
            server.wait_for_line(&format!("Server received: {text}"));
        }
        client(&name, "exit\n").success();
        server.finish().success();
    });
}

#[test]
fn message_cannot_drive_the_terminal_or_be_two_lines() {
    support::alone(|_| {
        let name = Name::new();
        let mut server = ready_server(&name);
        client(&name, b"\x1b[2Jgone\0\x9b\n").success();
        server.wait_for_line("Server received: \\u{1b}[2Jgone\\u{0}\\x9b");
        Ring::open(&name.0).expect("it is served").send(b"two\nlines ").expect("there is room");
        server.wait_for_line("Server received: two\\nlines\\u{20}");
        client(&name, "exit").success();
        server.finish().success();
    });
}

#[test]
fn long_line_is_refused_with_its_number_and_the_rest_is_sent() {
    support::alone(|_| {
        let name = Name::new();
        let mut server = ready_server(&name);
        let (longest, longer) = ("x".repeat(255), "y".repeat(256));
        let told = client(&name, format!("{longest}\n{longer}\nafter\n"));
        told.code(1)
            .stderr_has("line 2 was not sent: it has 256 bytes, and a message holds 255")
            .stdout_is(format!("{CONNECTED}Client exiting...\n"));
        server.wait_for_line(&format!("Server received: {longest}"));
        server.wait_for_line("Server received: after");
        client(&name, "exit").success();
        server.finish().success();
    });
}

#[test]
fn client_without_a_server_fails_with_a_sentence() {
    support::alone(|_| {
        let name = Name::new();
        client(&name, "").code(1).stdout_is("").stderr_has("is the server running?");
    });
}

#[test]
fn signal_ends_the_server_which_prints_what_was_accepted() {
    support::alone(|_| {
        for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
            let name = Name::new();
            let server = ready_server(&name);
            let ring = Ring::open(&name.0).expect("it is served");
            let sent = (0..20).map(|number| format!("number {number}"));
            let expected: String =
                sent.clone().map(|text| format!("Server received: {text}\n")).collect();
            sent.for_each(|text| ring.send(text.as_bytes()).expect("there is room"));
            server.signal(signal);
            server
                .finish()
                .success()
                .stdout_is(format!("{READY}\n{expected}Server shutting down...\n"));
            assert_eq!(ring.send(b"late"), Err(Errno::EPIPE));
            assert!(!name.is_in_use());
        }
    });
}

#[test]
fn messages_wait_for_the_next_server_when_one_is_killed() {
    support::alone(|_| {
        let name = Name::new();
        let server = ready_server(&name);
        server.signal(Signal::SIGKILL);
        server.finish().killed_by(Signal::SIGKILL);
        client(&name, "one\ntwo\n").success();
        let mut server = Running::start(ch16(&["server", &name.0]));
        server.wait_for_line(
            "Server: Message queue found, with 2 messages waiting. Waiting for messages...",
        );
        server.wait_for_line("Server received: two");
        finished(ch16(&["server", &name.0])).code(1).stdout_is("").stderr_has("(EBUSY)");
        client(&name, "exit").success();
        server.finish().success();
        assert!(!name.is_in_use());
    });
}

#[test]
fn dialogue_goes_on_when_others_are_killed_in_the_middle_of_it() {
    support::alone(|_| {
        let name = Name::new();
        let mut server = ready_server(&name);
        for place in ["send-entered", "send-copied", "send-published"] {
            support::until("the server to sleep", || sleeps(server.id()));
            finished(ch16(&["die", place, &name.0])).killed_by(Signal::SIGKILL);
            client(&name, format!("after {place}")).success();
            server.wait_for_line(&format!("Server received: after {place}"));
        }
        client(&name, "exit").success();
        let told = server.finish();
        let received = told.success().lines();
        // What was published was received, and nothing else of the dead.
        let of_the_dead = received.iter().filter(|line| line.starts_with("Server received: send"));
        assert_eq!(of_the_dead.collect::<Vec<_>>(), ["Server received: send-published"]);
        assert!(!name.is_in_use());
    });
}

#[test]
fn server_whose_output_fails_leaves_the_rest_for_the_next() {
    support::alone(|_| {
        // Shared memory is a file to the limit of file sizes: see `memory.rs`.
        for output in BAD_OUTPUTS.iter().filter(|output| !output.complaint.contains("EFBIG")) {
            let name = Name::new();
            let told = output.run(ch16(&[]).get_program(), &["server", &name.0]);
            assert_eq!(name.is_in_use(), !output.known_at_start, "{told:?}");
        }
    });
}

#[test]
fn prompt_appears_in_a_terminal_alone() {
    support::alone(|_| {
        let Some(script) = support::installed("script") else { return };
        let name = Name::new();
        let server = ready_server(&name);
        let mut script = Command::new(script);
        let client = format!("{} client {}", ch16(&[]).get_program().to_string_lossy(), name.0);
        script.args(["--quiet", "--return", "--command", &client, "/dev/null"]);
        let mut terminal = Running::start(script);
        terminal.wait_for_text("> ").write_line("hello").wait_for_text("> ").write_line("exit");
        terminal.wait_for_text("Client exiting...");
        terminal.finish().success();
        server.finish().success().stdout_has("received: hello\nServer received: exit\n");
    });
}

#[test]
fn usage_is_printed_and_misuse_is_status_2() {
    support::alone(|_| {
        let misuses: &[&[&str]] =
            &[&[], &["sever"], &["kill"], &["kill", "0"], &["kill", "x"], &["die", "at-once"]];
        usage_is_printed(ch16(&[]).get_program(), misuses);
    });
}
