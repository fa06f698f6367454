//! The two programs of the book, unchanged, on two machines: two IPC namespaces with nothing in
//! common but the network.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use assert_cmd::cargo::cargo_bin;
use support::Running;

use crate::Broker;
use crate::inward::stop;

const READY: &str = "Server: Message queue created. Waiting for messages...";
const CONNECTED: &str =
    "Client: Connected to message queue. Type your messages (type 'exit' to quit):";

/// `server` or `client`, with its default key. `cargo test -p ch15-beyond` builds neither.
fn program(name: &str) -> Command {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        // The same profile and folder as the bridge's own: .../target/debug/bridge.
        let folder = cargo_bin!("bridge").parent().expect("a program is in a folder");
        let target = folder.parent().expect("the profile's folder is in the target folder");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--package", "sysv-mq", "--bins", "--target-dir"]);
        cargo.arg(target).current_dir(env!("CARGO_MANIFEST_DIR"));
        if folder.ends_with("release") {
            cargo.arg("--release");
        }
        let status = cargo.status().expect("cargo started these tests");
        assert!(status.success(), "server and client do not compile: see above");
        folder.to_owned()
    });
    let mut command = Command::new(folder.join(name));
    command.env("LC_ALL", "C.UTF-8");
    command
}

/// Either half of the bridge, with the default key and files in this folder.
fn bridge(way: &str, broker: &Broker) -> Command {
    crate::bridge(way, 1234, broker)
}

#[test]
fn client_here_talks_to_server_on_another_machine() {
    support::in_namespace(|here| {
        let Some(broker) = Broker::start() else { return };
        let mut out = Running::start(bridge("out", &broker));
        out.wait_for_text("Bridge: ");
        let mut client = Running::start(program("client"));
        client.wait_for_line(CONNECTED);
        client.write_line("hello").write_line("hello").write_line("").write_line("grüße\t");
        support::in_namespace(|_there| {
            let mut server = Running::start(program("server"));
            server.wait_for_line(READY);
            let mut inward = Running::start(bridge("in", &broker));
            inward.wait_for_text("Bridge: ");
            for text in ["hello", "hello", "", "grüße\\t"] {
                server.wait_for_line(&format!("Server received: {text}"));
            }
            client.write_line("and one more");
            server.wait_for_line("Server received: and one more");
            stop(inward);

            // What is sent while nobody carries it waits.
            client.write_line("late").write_line("exit");
            let inward = Running::start(bridge("in", &broker));
            server.finish().success().stdout_has("Server received: late\nServer received: exit\n");
            stop(inward);
        });
        client.finish().success();
        stop(out);
        here.remove(here.queues()[0].msqid);
    });
}
