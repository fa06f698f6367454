//! The program that serves a queue and a socket: how it ends, and where it cannot begin.

use std::fs;
use std::path::Path;

use assert_cmd::cargo::cargo_bin;
use ch02_create::{Mode, Queue};
use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::sys::signal::Signal;
use support::{BAD_OUTPUTS, Running};

use super::{Directory, command, connect, serve, write};
use crate::inbox::send;
use crate::{NOBODY, OURS, new_queue};

#[test]
fn stop_signal_ends_in_order_and_loses_nothing() {
    support::alone(|room| {
        for signal in [Signal::SIGTERM, Signal::SIGINT, Signal::SIGHUP] {
            let (queue, directory) = (new_queue(room), Directory::new());
            let mut server = serve(queue, &directory.socket());
            let client = connect(&directory.socket());
            write(&client, "first\n");
            server.wait_for_line("socket 1: \"first\"");
            write(&client, "whole\nhalf");
            let mut sender = Sender::new(queue);
            let mut sent = 0;
            while !server.has_exited() {
                // In the midst of messages, most of them empty ones, which the thread takes.
                let bytes: &[u8] = if sent % 5 == 0 { b"text" } else { b"" };
                sent += usize::from(sender.try_send(MessageType::ONE, bytes).is_ok());
                if sent == 1000 {
                    server.signal(signal);
                }
            }
            let finished = server.finish();
            finished.success().stderr_is("").stdout_has("socket 1: \"whole\"\n");
            finished.stdout_has("socket 1: \"half\" and no newline\n");
            assert_eq!(finished.lines().last(), Some(&format!("stopped by {signal}")));
            let lines = finished.lines();
            let printed = lines.iter().filter(|line| line.starts_with("queue: ")).count();
            assert_eq!(sent, printed + room.queues()[0].qnum as usize, "sent = printed + queued");
            assert!(!directory.socket().exists(), "the socket's file is removed");
            room.remove(queue.id());
        }
    });
}

#[test]
fn removal_of_the_queue_ends_it_and_is_reported() {
    support::alone(|room| {
        let (queue, directory) = (new_queue(room), Directory::new());
        let mut server = serve(queue, &directory.socket());
        let client = connect(&directory.socket());
        write(&client, "first\n");
        server.wait_for_line("socket 1: \"first\"");
        write(&client, "half");
        room.remove(queue.id());
        let finished = server.finish();
        finished.code(1).stderr_has(format!("queue {} was removed", queue.id()));
        finished.stdout_has("socket 1: \"half\" and no newline\n");
        assert!(!directory.socket().exists());
    });
}

#[test]
fn ordinary_user_is_served_like_root() {
    support::alone(|room| {
        let everybodys = OURS.union(Mode::S_IROTH).union(Mode::S_IWOTH);
        let queue = Queue::private(everybodys).expect("a queue can be made");
        room.watch(queue.id());
        let directory = Directory::new();
        let (_copied, program) = support::copy_for_others(cargo_bin!("ch10"));
        let mut command = command(program, queue, &directory.socket());
        if support::as_user(NOBODY, &mut command) {
            let mut server = Running::start(command);
            server.wait_for_text("serving queue ");
            write(&connect(&directory.socket()), "line\n");
            send(queue, 1, b"message");
            server.wait_for_text("socket 1: \"line\"");
            server.signal(Signal::SIGTERM);
            server.finish().success().stdout_has("stopped by SIGTERM").stderr_is("");
            assert!(!directory.socket().exists());
        }
        room.remove(queue.id());
    });
}

#[test]
fn file_of_somebody_else_is_neither_used_nor_removed() {
    support::alone(|room| {
        let (queue, directory) = (new_queue(room), Directory::new());
        let socket = directory.socket();
        let first = serve(queue, &socket);
        let second = Running::start(command(cargo_bin!("ch10"), queue, &socket)).finish();
        second.code(1).stdout_is("").stderr_has("a file of this name").stderr_has("(EADDRINUSE)");
        fs::remove_file(&socket).expect("it is ours");
        fs::write(&socket, "somebody else's").expect("the directory is ours");
        first.signal(Signal::SIGTERM);
        first.finish().success();
        assert!(socket.exists());
        room.remove(queue.id());
    });
}

#[test]
fn wrong_place_and_missing_queue_are_explained() {
    support::alone(|room| {
        let (queue, directory) = (new_queue(room), Directory::new());
        let finish = |queue, socket: &Path| {
            Running::start(command(cargo_bin!("ch10"), queue, socket)).finish()
        };
        let finished = finish(queue, &directory.0.path().join("none/socket"));
        finished.code(1).stdout_is("").stderr_has("there is no such directory (ENOENT)");
        let finished = finish(queue, &directory.0.path().join("x".repeat(200)));
        finished.code(1).stdout_is("").stderr_has("cannot listen at");
        let finished = finish(Queue::from_id(i32::MAX), &directory.socket());
        finished.code(1).stdout_is("").stderr_has("no queue with this id").stderr_has("(EINVAL)");
        assert!(!directory.socket().exists());
        room.remove(queue.id());
    });
}

#[test]
fn bad_output_ends_with_a_sentence_and_leaves_no_socket() {
    support::alone(|room| {
        let (queue, directory) = (new_queue(room), Directory::new());
        let socket = directory.socket();
        for bad in BAD_OUTPUTS {
            let (id, socket) = (queue.id().to_string(), socket.to_str().expect("UTF-8"));
            bad.run(cargo_bin!("ch10"), &["serve", &id, socket]);
            assert!(!directory.socket().exists());
        }
        room.remove(queue.id());
    });
}
