//! Other users. Root passes every check of a mode, so here one side is somebody else; where the
//! tests do not run as root, each of them says that it is skipped.

use std::path::Path;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use nix::sys::stat::{Mode, mode_t};
use support::{Copied, Running, alone, as_user, copy_for_others};
use sysv_mq::{Key, MessageType, OwnedQueue, Queue, Sender};

use crate::programs::{self, READY, ready_server};

#[test]
fn client_of_another_user_is_not_let_into_a_600_queue() {
    alone(|room| {
        let key = room.key();
        let Some((_copy, mut command)) = as_nobody(cargo_bin!("client"), key) else {
            return;
        };
        let server = ready_server(key);
        command.arg("let me in");

        let client = Running::start(command).finish();

        client.code(1).stdout_is("").stderr_has(format!(
            "client: cannot open the message queue with key 0x{key:08x}: there is a queue with this \
             key, and its mode does not let you in"
        ));
        client.stderr_has("(EACCES)\n");
        programs::client_given(key, "exit\n").success();
        let server = server.finish();
        assert!(!server.success().stdout_text().contains("let me in"));
    });
}

#[test]
fn client_of_another_user_may_write_into_a_622_queue() {
    alone(|room| {
        let key = room.key();
        let Some((_copy, mut command)) = as_nobody(cargo_bin!("client"), key) else {
            return;
        };
        let mut server = programs::server(key);
        server.args(["--mode", "622"]);
        let mut server = Running::start(server);
        server.wait_for_line(READY);
        assert_eq!(room.queues()[0].perms, 0o622);
        command.args(["hello", "exit"]);

        Running::start(command).finish().success().stderr_is("");

        server.finish().success().stdout_has("Server received: hello\n");
    });
}

#[test]
fn server_does_not_take_over_what_it_could_not_close() {
    alone(|room| {
        let key = room.key();
        let queue = queue_with_a_message(key, 0o666);
        let Some((_copy, command)) = as_nobody(cargo_bin!("server"), key) else {
            return;
        };

        let server = Running::start(command).finish();

        server.code(1).stdout_is("").stderr_has(format!(
            "server: cannot take over the message queue with key 0x{key:08x}: it belongs to \
             another user, and only its owner, its creator or root (with CAP_SYS_ADMIN) could close it"
        ));
        server.stderr_has("(EPERM)\n");
        assert_eq!(room.queues()[0].msqid, queue.queue().id());
        assert_eq!(room.queues()[0].qnum, 1, "its message is still there");
    });
}

#[test]
fn server_does_not_take_over_what_it_may_not_read() {
    alone(|room| {
        let key = room.key();
        let _queue = queue_with_a_message(key, 0o600);
        let Some((_copy, command)) = as_nobody(cargo_bin!("server"), key) else {
            return;
        };

        let server = Running::start(command).finish();

        server.code(1).stdout_is("").stderr_has(
            "its mode does not let you read from it; choose another --key, or ask its owner for a \
             wider mode (EACCES)\n",
        );
        assert_eq!(room.queues()[0].qnum, 1, "its message is still there");
    });
}

#[test]
fn server_does_not_replace_the_queue_of_another_user() {
    alone(|room| {
        let key = room.key();
        let queue = queue_with_a_message(key, 0o666);
        let Some((_copy, mut command)) = as_nobody(cargo_bin!("server"), key) else {
            return;
        };
        command.args(["--existing", "replace"]);

        let server = Running::start(command).finish();

        server.code(1).stdout_is("").stderr_has("(EPERM)\n");
        assert_eq!(room.queues()[0].msqid, queue.queue().id());
        assert_eq!(room.queues()[0].qnum, 1, "its message is still there");
    });
}

/// None of what the programs do takes root's rights.
#[test]
fn ordinary_user_has_a_server_and_a_client() {
    alone(|room| {
        let key = room.key();
        let Some((_server_copy, server)) = as_nobody(cargo_bin!("server"), key) else {
            return;
        };
        let Some((_client_copy, mut client)) = as_nobody(cargo_bin!("client"), key) else {
            return;
        };
        let mut server = Running::start(server);
        server.wait_for_line(READY);
        assert_eq!(room.queues()[0].uid, NOBODY);
        client.args(["hello", "exit"]);

        Running::start(client).finish().success();

        server.finish().success().stdout_has(
            "Server received: hello\n\
             Server received: exit\n\
             Server shutting down...\n",
        );
        assert!(room.queues().is_empty());
    });
}

const NOBODY: u32 = 65_534;

/// `PROGRAM --key KEY`, to be run as a user who owns nothing; `None` where that cannot be done.
pub(crate) fn as_nobody(program: &Path, key: i32) -> Option<(Copied, Command)> {
    let (copied, path) = copy_for_others(program);
    let mut command = Command::new(path);
    command.arg("--key").arg(key.to_string());
    as_user(NOBODY, &mut command).then_some((copied, command))
}

fn queue_with_a_message(key: i32, mode: mode_t) -> OwnedQueue {
    let key = Key::new(key).expect("no room has key 0");
    let queue = Queue::create_new(key, Mode::from_bits_truncate(mode)).expect("the key is new");
    let sent = Sender::new(queue).send(MessageType::ONE, b"for root\0");
    sent.expect("there is room");
    OwnedQueue::new(queue)
}
