//! The guests of `ch12 serve`: those who hang up, those who are a nuisance, those who are too many.

use std::fs;
use std::io::Read;
use std::os::unix::net::UnixStream;
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use ch02_create::{Mode, Queue};
use ch04_send::Sender;
use ch06_cleanup::{Status, remove, set_capacity};
use ch12_rights::{Settings, take_up};
use nix::errno::Errno;
use nix::sys::signal::Signal;
use nix::unistd::Uid;
use support::{Running, filter, until};

use crate::ONE;
use crate::ends::Folder;
use crate::serving::{ch12, name, start, with_server};

/// A client that stays: its connection and its queue.
pub(crate) fn guest(socket: &str) -> (UnixStream, Queue) {
    let stream = UnixStream::connect(socket).expect("somebody listens");
    let queue = take_up(&stream, Uid::effective()).expect("it is our server");
    (stream, queue)
}

#[test]
fn what_was_sent_before_hanging_up_is_printed_and_the_queue_goes() {
    with_server("hangs-up", |socket, server| {
        let us = name(Uid::effective());
        let (stream, queue) = guest(socket);
        let mut sender = Sender::new(queue);
        let texts: Vec<String> = (0..500).map(|number| format!("line {number}")).collect();
        for text in &texts {
            sender.send(ONE, text.as_bytes()).expect("the server receives");
        }
        drop(stream);
        until("the queue to go", || Status::at(queue.id()).is_err());
        until("the lines", || server.stdout_so_far().lines().count() == 1 + texts.len());
        texts.iter().map(|text| format!("{us}: \"{text}\"")).collect()
    });
}

/// The owner may do all that to the own queue, and to nothing else.
#[test]
fn guest_who_removes_shuts_or_opens_the_queue_harms_only_itself() {
    with_server("harms", |socket, server| {
        let us = name(Uid::effective());
        let witness = guest(socket);
        let (stream, queue) = guest(socket);
        remove(queue).expect("the owner may");
        drop(stream);
        let (stream, queue) = guest(socket);
        set_capacity(queue, 0).expect("the owner may");
        drop(stream);
        let (stream, queue) = guest(socket);
        Settings::new().mode(Mode::empty()).apply(queue).expect("the owner may");
        drop(stream);
        until("their queues to go", || {
            ch12_rights::list().is_ok_and(|all| {
                let ours = all.iter().filter(|(_, status)| status.key.is_none());
                ours.filter(|(found, _)| *found == queue).count() == 0
            })
        });
        Sender::new(witness.1).send(ONE, b"still here").expect("it is served");
        until("the line", || server.stdout_so_far().contains("still here"));
        vec![format!("{us}: \"still here\"")]
    });
}

#[test]
fn user_with_eight_queues_gets_no_ninth_before_one_hangs_up() {
    with_server("nine", |socket, _| {
        let mut guests: Vec<_> = (0..8).map(|_| guest(socket)).collect();
        let us = name(Uid::effective());
        let refused = Running::start(ch12(&["send", socket, &us, "hello"])).finish();
        refused
            .code(1)
            .stdout_is("")
            .stderr_has("the server has hung up; it says why (ECONNRESET)");
        let (stream, queue) = guests.pop().expect("there are eight");
        drop(stream);
        until("its queue to go", || Status::at(queue.id()).is_err());
        let mut served = None;
        until("a place", || {
            let stream = UnixStream::connect(socket).expect("somebody listens");
            served = take_up(&stream, Uid::effective()).ok().map(|queue| (stream, queue));
            served.is_some()
        });
        vec![]
    });
}

/// Without its capability root is stopped by a mode, as any other user is.
fn server_without_cap_ipc_owner(socket: &str) -> Command {
    let program = cargo_bin!("ch12");
    let mut command = Command::new(program);
    if Uid::effective().is_root() {
        command = Command::new("setpriv");
        command.args(["--bounding-set=-ipc_owner", "--inh-caps=-ipc_owner"]).arg(program);
    }
    command.args(["serve", socket]);
    command
}

#[test]
fn guest_who_does_not_let_the_server_read_is_hung_up_on() {
    support::alone(|room| {
        let folder = Folder::new("unreadable");
        let socket = folder.socket();
        let socket = socket.to_str().expect("UTF-8");
        let server = start(server_without_cap_ipc_owner(socket));
        let (stream, queue) = guest(socket);
        Settings::new().mode(Mode::empty()).apply(queue).expect("the owner may");
        until("its queue to go", || Status::at(queue.id()).is_err());
        drop(stream);
        server.signal(Signal::SIGTERM);
        let served = server.finish();
        served.success().stderr_has("'s queue: ").stderr_has("(EACCES)");
        assert_eq!(room.queues(), []);
    });
}

/// Connects, and waits until the server has hung up.
fn turned_away(socket: &str) {
    let mut stream = UnixStream::connect(socket).expect("somebody listens");
    let mut handed_out = Vec::new();
    assert_eq!(stream.read_to_end(&mut handed_out).ok(), Some(0), "{handed_out:?}");
}

#[test]
fn server_that_can_start_no_thread_says_so_and_goes_on() {
    support::alone(|room| {
        let folder = Folder::new("threads");
        let socket = folder.socket();
        let socket = socket.to_str().expect("UTF-8");
        let mut server = ch12(&["serve", socket]);
        for call in [libc::SYS_clone, libc::SYS_clone3] {
            filter::deny(&mut server, call, filter::with(Errno::EAGAIN));
        }
        let server = start(server);
        (0..3).for_each(|_| turned_away(socket));
        server.signal(Signal::SIGTERM);
        let served = server.finish();
        served.success().stderr_has("not served: no more threads").stderr_has("(EAGAIN)");
        assert_eq!(room.queues(), []);
    });
}

#[test]
fn server_without_descriptors_lets_a_guest_wait_and_sleeps_meanwhile() {
    support::alone(|room| {
        let folder = Folder::new("descriptors");
        let socket = folder.socket();
        let socket = socket.to_str().expect("UTF-8");
        let mut server = Command::new("sh");
        server.args(["-c", "ulimit -n 7; exec \"$0\" serve \"$1\""]);
        let server = start({
            server.arg(cargo_bin!("ch12")).arg(socket);
            server
        });
        let mut guests: Vec<_> = (0..2).map(|_| guest(socket)).collect();
        let stream = UnixStream::connect(socket).expect("somebody listens");
        let status = format!("/proc/{}/status", server.id());
        let sleeps = || {
            let status = fs::read_to_string(&status).expect("it runs");
            let line =
                status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            line.and_then(|count| count.trim().parse::<u32>().ok()).expect("a number")
        };
        let before = sleeps();
        until("the server to sleep", || sleeps() > before + 5);
        guests.pop();
        take_up(&stream, Uid::effective()).expect("there is a descriptor now");
        drop((stream, guests));
        until("the queues to go", || room.queues().is_empty());
        server.signal(Signal::SIGTERM);
        server.finish().success();
    });
}
