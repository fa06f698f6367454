//! How a server and a client that have never met find the same queue.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use support::{Running, in_namespace};
use sysv_mq::Key;

use crate::programs::{READY, queue, transcript};

#[test]
fn without_a_key_both_sides_use_1234() {
    in_namespace(|room| {
        let mut server = Running::start(Command::new(cargo_bin!("server")));
        server.wait_for_line(READY);
        assert_eq!(room.queues()[0].key, 1234);

        let mut client = Command::new(cargo_bin!("client"));
        client.arg("exit");
        Running::start(client).finish().success();
        server.finish().success().stdout_is(transcript(["exit"]));
    });
}

#[test]
fn file_and_a_project_are_a_meeting_point() {
    support::alone(|room| {
        let file = tempfile::NamedTempFile::new().expect("a file can be made");
        let start = |program: &Path, project: &str| {
            let mut command = Command::new(program);
            command.arg("--file").arg(file.path());
            command.args(["--project", project]);
            Running::start(command)
        };
        let (server, client) = (cargo_bin!("server"), cargo_bin!("client"));

        let mut server = start(server, "7");
        server.wait_for_line(READY);
        let key = Key::from_file(file.path(), 7).expect("the file is there");
        room.watch(queue(key.raw()).id());

        let elsewhere = start(client, "8").finish();
        elsewhere.code(1).stderr_has("is the server running?");
        let mut client = start(client, "7");
        client.write_line("found you").write_line("exit");
        client.finish().success();
        let server = server.finish();
        server.success().stdout_is(transcript(["found you", "exit"]));
    });
}
