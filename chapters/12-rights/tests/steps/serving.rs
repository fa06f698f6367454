//! `ch12 serve` and `ch12 send`.

use std::fs;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch04_send::Sender;
use nix::sys::signal::Signal;
use nix::unistd::{Uid, User};
use support::{BAD_OUTPUTS, Running, until};

use crate::ends::Folder;
use crate::guests::guest;
use crate::{ANN, BOB, ONE};

/// What the program calls a user.
pub(crate) fn name(user: Uid) -> String {
    User::from_uid(user).ok().flatten().map_or_else(|| user.to_string(), |user| user.name)
}

pub(crate) fn ch12(args: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("ch12"));
    command.args(args);
    command
}

fn serve(socket: &str) -> Running {
    start(ch12(&["serve", socket]))
}

/// Starts a server, and waits until it serves.
pub(crate) fn start(server: Command) -> Running {
    let server = Running::start(server);
    until("the server", || server.stdout_so_far().contains("serving at"));
    server
}

/// Runs `body` with a server at a socket, which has to end well and with this output.
pub(crate) fn with_server(test: &str, body: impl FnOnce(&str, &Running) -> Vec<String>) {
    support::alone(|room| {
        let folder = Folder::new(test);
        let socket = folder.socket();
        let socket = socket.to_str().expect("UTF-8");
        let server = serve(socket);
        let lines = body(socket, &server);
        server.signal(Signal::SIGTERM);
        let served = server.finish();
        let expected = [vec![format!("serving at {socket}")], lines].concat();
        served.success().stdout_is(expected.join("\n") + "\n");
        assert!(!folder.socket().exists());
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn server_prints_who_has_sent_what() {
    with_server("prints", |socket, server| {
        let us = name(Uid::effective());
        for text in ["hello", "with \"quotes\"\n"] {
            let sent = Running::start(ch12(&["send", socket, &us, text])).finish();
            sent.success().stderr_is("").stdout_has("sent to queue ");
        }
        until("both", || server.stdout_so_far().lines().count() == 3);
        vec![format!("{us}: \"hello\""), format!("{us}: \"with \\\"quotes\\\"\\n\"")]
    });
}

#[test]
fn server_knows_its_users_apart() {
    with_server("apart", |socket, server| {
        let (_copied, program) = support::copy_for_others(cargo_bin!("ch12"));
        let mut lines = Vec::new();
        for user in [ANN, BOB] {
            let mut client = Command::new(&program);
            client.args(["send", socket, &Uid::effective().to_string(), "it is me"]);
            if support::as_user(user, &mut client) {
                Running::start(client).finish().success();
                lines.push(format!("{user}: \"it is me\""));
                until("it", || server.stdout_so_far().lines().count() == 1 + lines.len());
            }
        }
        lines
    });
}

#[test]
fn server_that_is_stopped_prints_what_was_sent_and_removes_every_queue() {
    with_server("stopped", |socket, server| {
        let us = name(Uid::effective());
        let guests = [(); 3].map(|()| guest(socket));
        server.signal(Signal::SIGSTOP);
        for (_, queue) in &guests {
            Sender::new(*queue).try_send(ONE, b"hello").expect("there is room");
        }
        server.signal(Signal::SIGTERM);
        server.signal(Signal::SIGCONT);
        until("its end", || server.has_exited());
        vec![format!("{us}: \"hello\""); 3]
    });
}

#[test]
fn server_that_ends_leaves_the_socket_of_the_one_that_took_its_place() {
    support::alone(|_| {
        let folder = Folder::new("replaced");
        let socket = folder.socket();
        let path = socket.to_str().expect("UTF-8");
        let first = serve(path);
        fs::remove_file(&socket).expect("the folder is ours");
        let second = serve(path);
        first.signal(Signal::SIGTERM);
        first.finish().success();
        drop(guest(path));
        second.signal(Signal::SIGTERM);
        second.finish().success();
        assert!(!socket.exists());
    });
}

#[test]
fn client_is_told_what_is_wrong_with_the_server() {
    // A server that is killed leaves its queues: only in a namespace can one see that it has none.
    support::in_namespace(|room| {
        let folder = Folder::new("wrong");
        let socket = folder.socket();
        let socket = socket.to_str().expect("UTF-8");
        let send = |user: &str| Running::start(ch12(&["send", socket, user, "hello"])).finish();
        let us = name(Uid::effective());
        send(&us).code(1).stderr_has("no server listens there").stderr_has("(ENOENT)");
        let server = serve(socket);
        let second = Running::start(ch12(&["serve", socket])).finish();
        second.code(1).stdout_is("").stderr_has("(EADDRINUSE); if no server is running");
        send("61001").code(1).stderr_has("the server is not run by 61001 (EPERM)");
        until("the queue of a client who left to go", || room.queues().is_empty());
        server.signal(Signal::SIGKILL);
        until("its end", || server.has_exited());
        send(&us).code(1).stderr_has("no server listens there").stderr_has("(ECONNREFUSED)");
    });
}

#[test]
fn server_whose_output_fails_says_what_it_could_not_print_and_leaves_no_queue() {
    support::alone(|room| {
        for bad in BAD_OUTPUTS {
            let folder = Folder::new("output");
            let socket = folder.socket();
            bad.run(cargo_bin!("ch12"), &["serve", socket.to_str().expect("UTF-8")]);
            assert!(!socket.exists());
        }
        assert_eq!(room.queues(), []);
    });
}
