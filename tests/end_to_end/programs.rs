//! How the tests start the two programs.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use support::Running;

/// What the server prints when it has made its queue.
pub(crate) const READY: &str = "Server: Message queue created. Waiting for messages...";

/// `server --key KEY`, not started yet.
pub(crate) fn server(key: i32) -> Command {
    program(cargo_bin!("server"), key)
}

/// `client --key KEY`, not started yet.
pub(crate) fn client(key: i32) -> Command {
    program(cargo_bin!("client"), key)
}

fn program(path: &Path, key: i32) -> Command {
    let mut command = Command::new(path);
    command.arg("--key").arg(key.to_string());
    command
}

/// A server that has made its queue.
pub(crate) fn ready_server(key: i32) -> Running {
    let mut server = Running::start(server(key));
    server.wait_for_line(READY);
    server
}
