//! Ended by a signal while messages pour in: what was accepted was shown, or waits for the next
//! server.

use std::thread;

use nix::sys::signal::Signal;
use support::{Room, Running, until};
use sysv_mq::{Queue, Receiver, Select, remove, set_capacity};

use crate::programs::{queue, ready_server};
use crate::rounds::rounds;
use crate::senders::{Manner, flood, printed};

/// What `server --help` says may be lost by SIGKILL: so many bytes of lines, and one message more.
pub(crate) const BOUND: usize = 4096;

const ORDERLY: [Signal; 3] = [Signal::SIGTERM, Signal::SIGINT, Signal::SIGHUP];

#[test]
fn stop_signals_under_load_show_every_accepted_message() {
    rounds(4, |room, round| {
        for signal in ORDERLY {
            let end = Load::start(room, round).end_by(signal);
            assert_eq!(end.lost, [""; 0], "round {round}: {signal}, {} left", end.left);
            assert_eq!(end.left, 0, "round {round}: {signal}");
        }
    });
}

#[test]
fn sigpipe_and_sigxfsz_under_load_change_nothing() {
    rounds(4, |room, round| {
        for ignored in [Signal::SIGPIPE, Signal::SIGXFSZ] {
            let load = Load::start(room, round);
            load.server.signal(ignored);
            let shown = load.server.stdout_so_far().len();
            until("the server to go on", || load.server.stdout_so_far().len() > shown);
            let end = load.end_by(Signal::SIGTERM);
            assert_eq!(end.lost, [""; 0], "round {round}: {ignored}");
        }
    });
}

#[test]
fn sigquit_under_load_shows_what_was_taken_and_leaves_the_rest() {
    rounds(4, |room, round| {
        let end = Load::start(room, round).end_by(Signal::SIGQUIT);
        assert_eq!(end.lost, [""; 0], "round {round}, {} left", end.left);
    });
}

#[test]
fn sigkill_under_load_loses_no_more_than_the_bound() {
    rounds(4, |room, round| {
        let end = Load::start(room, round).end_by(Signal::SIGKILL);
        let bytes: usize = end.lost.iter().map(|text| line(text).len()).sum();
        let most = BOUND + end.lost.iter().map(|text| line(text).len()).max().unwrap_or(0);
        assert!(
            bytes <= most,
            "round {round}: {} messages lost, {bytes} bytes of lines",
            end.lost.len()
        );
    });
}

#[test]
fn help_of_the_server_prints_the_bound() {
    let mut server = std::process::Command::new(assert_cmd::cargo::cargo_bin!("server"));
    server.arg("--help");
    let bound = format!("at most {BOUND} bytes of lines and one message: SIGKILL loses no more");
    Running::start(server).finish().success().stdout_has(bound);
}

pub(crate) fn line(text: &str) -> String {
    format!("Server received: {text}\n")
}

/// A server with two senders that do not stop.
struct Load {
    server: Running,
    queue: Queue,
    senders: [thread::JoinHandle<usize>; 2],
}

/// What has become of the messages.
struct End {
    /// How many were still in the queue.
    left: usize,
    /// Accepted, neither shown nor left.
    lost: Vec<String>,
}

impl Load {
    fn start(room: &Room, round: u32) -> Load {
        let key = room.key();
        let server = ready_server(key);
        let queue = queue(key);
        let senders =
            NAMES.map(|name| thread::spawn(move || flood(queue, name, Manner::Waiting).accepted));
        let busy = 10_000 * (1 + round as usize % 5);
        until("the server to be busy", || server.stdout_so_far().len() > busy);
        Load { server, queue, senders }
    }

    /// Signals the server, waits for its end, and looks for each message that was accepted.
    fn end_by(self, signal: Signal) -> End {
        self.server.signal(signal);
        let server = self.server.finish();
        match signal {
            Signal::SIGKILL => server.killed_by(signal),
            Signal::SIGQUIT => server.code(1).stderr_has("for the next server"),
            _ => server.success().stderr_is(""),
        };
        let left = drain(self.queue);
        let accepted = self.senders.map(|sender| sender.join().expect("no panic"));
        let lost = lost(&server.lines(), &left, [(NAMES[0], accepted[0]), (NAMES[1], accepted[1])]);
        End { left: left.len(), lost }
    }
}

/// Of the messages that were accepted from each sender, those that are neither in these lines nor
/// left in the queue. What arrived did so once, and in order.
pub(crate) fn lost<const N: usize>(
    lines: &[String],
    left: &[String],
    accepted: [(&str, usize); N],
) -> Vec<String> {
    let left = left.iter().map(|text| line(text).trim_end().to_owned());
    let lines: Vec<String> = lines.iter().cloned().chain(left).collect();
    let mut lost = Vec::new();
    for (name, accepted) in accepted {
        let arrived = printed(&lines, name);
        assert!(arrived.is_sorted_by(|one, next| one < next), "{name}: once, in order");
        let missing = (0..accepted).filter(|n| arrived.binary_search(n).is_err());
        lost.extend(missing.map(|n| format!("{name} {n}")));
    }
    lost
}

const NAMES: [&str; 2] = ["ann", "bob"];

/// Empties a queue that the server has left, and removes it, which ends the senders.
pub(crate) fn drain(queue: Queue) -> Vec<String> {
    let mut left = Vec::new();
    if set_capacity(queue, 0).is_err() {
        return left; // the server has removed it
    }
    let mut receiver = Receiver::new(queue);
    while let Some(message) = receiver.try_recv(Select::Any).expect("our queue") {
        left.push(String::from_utf8(message.text().to_vec()).expect("it was UTF-8"));
    }
    remove(queue).expect("our queue");
    left
}
