//! The small programs of the appendix, in C, Rust, Python and Perl: each sender with each receiver,
//! and with our server.

use std::path::Path;
use std::process::Command;

use support::{Running, alone};

use sysv_mq::{MessageType, Sender};

use crate::programs::{ready_server, transcript, unattended_queue};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// `tests/c/NAME.c`, compiled.
fn c(name: &str) -> Command {
    let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("c-{name}"));
    Command::new(support::cc(format!("{ROOT}/tests/c/{name}.c"), program))
}

/// `examples/NAME.rs`. A plain `cargo test` has built it already, `cargo test --test end_to_end`
/// has not.
fn rust(name: &str) -> Command {
    let programs = Path::new(env!("CARGO_BIN_EXE_server")).with_file_name("examples");
    let program = programs.join(name);
    if !program.exists() {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--example", name]).current_dir(ROOT);
        let built = cargo.status();
        assert!(built.is_ok_and(|status| status.success()), "example {name} does not build");
    }
    Command::new(program)
}

/// `tests/peers/FILE`, if its interpreter and module are here; `.ci/run` sees to it that they are.
fn script(interpreter: &str, check: &[&str], file: &str) -> Option<Command> {
    let there = Command::new(interpreter).args(check).output();
    if !there.is_ok_and(|output| output.status.success()) {
        assert!(
            std::env::var_os("SUPPORT_REQUIRE_PEERS").is_none(),
            "{interpreter} {} fails, and SUPPORT_REQUIRE_PEERS is set",
            check.join(" ")
        );
        eprintln!("skipped: {interpreter} {} fails here", check.join(" "));
        return None;
    }
    let mut command = Command::new(interpreter);
    command.arg(format!("{ROOT}/tests/peers/{file}"));
    Some(command)
}

fn python() -> Option<Command> {
    script(
        &std::env::var("PYTHON").unwrap_or("python3".into()),
        &["-c", "import sysv_ipc"],
        "send.py",
    )
}

fn perl() -> Option<Command> {
    script("perl", &["-e", "1"], "send.pl")
}

/// The texts travel to a receiver in C, one in Rust, and to the server.
fn reaches_every_receiver(sender: impl Fn() -> Option<Command>) {
    alone(|room| {
        for mut receiver in [c("receive"), rust("receive")] {
            let key = room.key();
            let Some(mut sender) = sender() else { return };
            receiver.arg(key.to_string());
            let mut receiver = Running::start(receiver);
            receiver.wait_for_line("ready");
            sender.arg(key.to_string()).args(["hello", "grüße", "", "exit"]);
            Running::start(sender).finish().success().stdout_is("");
            let said = "ready\ntype 1: hello\ntype 1: grüße\ntype 1: \ntype 1: exit\n";
            receiver.finish().success().stdout_is(said);
        }
        let key = room.key();
        let Some(mut sender) = sender() else { return };
        let server = ready_server(key);
        sender.arg(key.to_string()).args(["hello", "grüße", "", "exit"]);
        Running::start(sender).finish().success();
        server.finish().success().stdout_is(transcript(["hello", "grüße", "", "exit"]));
    });
}

#[test]
fn c_sender_reaches_every_receiver() {
    reaches_every_receiver(|| Some(c("send")));
}

#[test]
fn rust_sender_reaches_every_receiver() {
    reaches_every_receiver(|| Some(rust("send")));
}

#[test]
fn python_sender_reaches_every_receiver() {
    reaches_every_receiver(python);
}

#[test]
fn perl_sender_reaches_every_receiver() {
    reaches_every_receiver(perl);
}

#[test]
fn c_program_closes_a_queue_and_shows_what_waited() {
    alone(|room| {
        let key = room.key();
        let queue = unattended_queue(key);
        let mut sender = Sender::new(queue.queue());
        for text in [&b"first"[..], b"", b"last"] {
            sender.send(MessageType::ONE, text).expect("there is room");
        }
        let mut close = c("close");
        close.arg(key.to_string());
        Running::start(close).finish().success().stdout_is("first\n\nlast\n");
        assert!(room.queues().is_empty(), "the queue is still there");
        queue.keep();
    });
}
