//! The program that serves a queue and a socket: several clients, good and bad, beside messages.

mod ending;

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use ch02_create::Queue;
use ch03_structure::MessageType;
use ch04_send::Sender;
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use support::{Running, until};
use tempfile::TempDir;

use super::send;
use crate::new_queue;

/// A directory for a socket, which everybody may use; dropping it removes it.
struct Directory(TempDir);

impl Directory {
    fn new() -> Directory {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let everybodys = Permissions::from_mode(0o777);
        fs::set_permissions(&directory, everybodys).expect("it is ours");
        Directory(directory)
    }

    fn socket(&self) -> PathBuf {
        self.0.path().join("socket")
    }
}

fn command(program: impl AsRef<Path>, queue: Queue, socket: &Path) -> Command {
    let mut command = Command::new(program.as_ref());
    command.args(["serve", &queue.id().to_string()]).arg(socket);
    command
}

/// A server that is ready.
fn serve(queue: Queue, socket: &Path) -> Running {
    let mut server = Running::start(command(cargo_bin!("ch10"), queue, socket));
    server.wait_for_text("serving queue ");
    server
}

fn connect(socket: &Path) -> UnixStream {
    UnixStream::connect(socket).expect("the server listens")
}

fn write(mut client: &UnixStream, text: &str) {
    client.write_all(text.as_bytes()).expect("the server reads");
}

#[test]
fn messages_and_lines_of_several_clients_are_printed() {
    support::alone(|room| {
        let (queue, directory) = (new_queue(room), Directory::new());
        send(queue, 7, b"early");
        let mut server = serve(queue, &directory.socket());
        server.wait_for_line("queue: type 7: \"early\"");
        let clients = [(); 3].map(|()| connect(&directory.socket()));
        for round in 0..3 {
            for (number, client) in (1..).zip(&clients) {
                write(client, &format!("line {round}\n"));
                server.wait_for_line(&format!("socket {number}: \"line {round}\""));
                send(queue, 1, b"message\0");
                server.wait_for_line("queue: type 1: \"message\\x00\"");
                send(queue, 2, b"");
                server.wait_for_line("queue: type 2: \"\"");
            }
        }
        write(&clients[0], "\x1b[2J\none\ntwo\nhalf");
        drop(clients);
        server.wait_for_line("socket 1: \"\\x1b[2J\"").wait_for_line("socket 1: \"one\"");
        server.wait_for_line("socket 1: \"two\"");
        server.wait_for_line("socket 1: \"half\" and no newline");
        server.signal(Signal::SIGTERM);
        server.finish().success().stderr_is("");
        room.remove(queue.id());
    });
}

#[test]
fn client_that_sends_nothing_or_half_a_line_stops_nobody() {
    support::alone(|room| {
        let (queue, directory) = (new_queue(room), Directory::new());
        let mut server = serve(queue, &directory.socket());
        let [silent, slow, quick] = [(); 3].map(|()| connect(&directory.socket()));
        for part in ["a", " line", " in", " parts"] {
            write(&slow, part);
            write(&quick, "quick\n");
            server.wait_for_line("socket 3: \"quick\"");
            send(queue, 1, b"message");
            server.wait_for_line("queue: type 1: \"message\"");
        }
        write(&slow, "\n");
        server.wait_for_line("socket 2: \"a line in parts\"");
        drop(silent);
        server.signal(Signal::SIGTERM);
        server.finish().success().stderr_is("");
        room.remove(queue.id());
    });
}

#[test]
fn line_without_end_costs_its_client_the_connection() {
    support::alone(|room| {
        let (queue, directory) = (new_queue(room), Directory::new());
        let mut server = serve(queue, &directory.socket());
        let mut endless = connect(&directory.socket());
        let error = loop {
            if let Err(error) = endless.write_all(&[b'x'; 1000]) {
                break error;
            }
        };
        let errno = error.raw_os_error().map(Errno::from_raw);
        assert!(matches!(errno, Some(Errno::ECONNRESET | Errno::EPIPE)), "{error}");
        server.wait_for_text("xxx\" and no newline");
        let next = connect(&directory.socket());
        write(&next, "next\n");
        server.wait_for_line("socket 2: \"next\"");
        server.signal(Signal::SIGTERM);
        let finished = server.finish();
        assert!(finished.success().stdout.len() < 2 * 8192 + 200, "memory is bounded");
        room.remove(queue.id());
    });
}

#[test]
fn more_clients_than_are_served_at_once_have_their_turn_later() {
    support::alone(|room| {
        let (queue, directory) = (new_queue(room), Directory::new());
        let mut server = serve(queue, &directory.socket());
        let mut clients: Vec<_> = (0..70).map(|_| connect(&directory.socket())).collect();
        for (number, client) in (1..).zip(&clients) {
            write(client, &format!("from {number}\n"));
        }
        (1..=64).for_each(|number| {
            server.wait_for_line(&format!("socket {number}: \"from {number}\""));
        });
        send(queue, 1, b"in between");
        server.wait_for_line("queue: type 1: \"in between\"");
        assert!(!server.stdout_so_far().contains("from 65"));
        clients.drain(..6);
        (65..=70).for_each(|number| {
            server.wait_for_line(&format!("socket {number}: \"from {number}\""));
        });
        server.signal(Signal::SIGTERM);
        server.finish().success().stderr_is("");
        room.remove(queue.id());
    });
}

/// The server is held up in the midst of a full queue, by a pipe that nobody reads, until the client
/// has come.
#[test]
fn full_queue_does_not_keep_the_socket_waiting() {
    support::alone(|room| {
        let (queue, directory) = (new_queue(room), Directory::new());
        let mut command = command(cargo_bin!("ch10"), queue, &directory.socket());
        let mut server = command.stdout(Stdio::piped()).spawn().expect("it can be started");
        let mut output = BufReader::new(server.stdout.take().expect("it is piped")).lines();
        let mut line = || output.next().expect("it prints more").expect("in UTF-8");
        assert!(line().starts_with("serving queue"));

        let mut sender = Sender::new(queue);
        let mut sent = 0;
        // Each byte is printed as four.
        let mut fill = || {
            while sender.try_send(MessageType::ONE, &[0; 80]).is_ok() {
                sent += 1
            }
        };
        let (call, write_call) = (format!("/proc/{}/syscall", server.id()), libc::SYS_write);
        until("the server to sleep in write", || {
            fill();
            let call = fs::read_to_string(&call).expect("it is our child");
            call.starts_with(&format!("{write_call} "))
        });
        fill();
        write(&connect(&directory.socket()), "line\n");

        let before = (0..).find(|_| line() == "socket 1: \"line\"").expect("it comes");
        assert!(before < sent, "all {sent} messages came first");
        (before..sent).for_each(|_| assert!(line().starts_with("queue: ")));
        kill(Pid::from_raw(server.id() as i32), Signal::SIGTERM).expect("it runs");
        assert_eq!(line(), "stopped by SIGTERM");
        assert!(server.wait().expect("it is our child").success());
        room.remove(queue.id());
    });
}
