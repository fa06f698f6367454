//! The server is asked to stop: by a message, by Ctrl-C, by the system; at any moment.

use std::thread;
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::signal::Signal::{self, SIGCONT, SIGINT, SIGTERM};
use support::{Room, Running, asleep_in_msg_call, until};
use sysv_mq::{Key, MessageType, Queue, Sender};

use crate::programs::{READY, STOPPED, client, queue, ready_server, server, transcript};
use crate::senders::{Manner, flood, printed};
use crate::stalled::{Stalled, suspend};

#[test]
fn signal_stops_a_sleeping_server() {
    support::alone(|room| {
        for round in 0..60 {
            let server = ready_server(room.key());
            until("the server to sleep", || asleep_in_msg_call(server.id()));
            server.signal(either(round));
            let server = server.finish();
            server.success().stdout_is(transcript([""; 0])).stderr_is("");
            assert_eq!(room.queues(), [], "round {round}");
        }
    });
}

#[test]
fn signal_in_the_first_moment_stops_the_server() {
    support::alone(|room| {
        for round in 0..60 {
            let key = room.key();
            let server = Running::start(server(key));
            // The queue is there; the first line perhaps not yet.
            let key = Key::new(key).expect("the keys of a room are not 0");
            until("the queue", || Queue::open(key).is_ok() || server.has_exited());
            server.signal(either(round));
            server.finish().success().stdout_is(transcript([""; 0]));
            assert_eq!(room.queues(), [], "round {round}");
        }
    });
}

#[test]
fn signal_at_a_random_moment_loses_no_accepted_message() {
    support::alone(|room| {
        let accepted: usize = (0..300).map(|round| stop_at_a_random_moment(room, round)).sum();
        assert!(accepted > 300, "the sender was hardly at work: {accepted}");
    });
}

/// Returns how many messages were accepted before the end.
fn stop_at_a_random_moment(room: &Room, round: u64) -> usize {
    let key = room.key();
    let server = ready_server(key);
    let queue = queue(key);
    let manner = [Manner::Waiting, Manner::Trickling][(round / 2 % 2) as usize];
    let sender = thread::spawn(move || flood(queue, "line", manner));
    thread::sleep(Duration::from_micros(random(round) % 3_000));
    server.signal(either(round));

    let server = server.finish();
    server.success().stderr_is("");
    let flood = sender.join().expect("the sender does not panic");
    assert!(matches!(flood.end, Errno::EIDRM | Errno::EINVAL), "{}", flood.end);
    let lines = server.lines();
    assert!(
        printed(&lines, "line").into_iter().eq(0..flood.accepted),
        "round {round}: not each of the {} messages accepted was printed, once and in order",
        flood.accepted
    );
    assert_eq!(lines.first().map(String::as_str), Some(READY));
    assert_eq!(lines.last().map(String::as_str), Some(STOPPED));
    assert_eq!(lines.len(), flood.accepted + 2, "round {round}");
    assert_eq!(room.queues(), [], "round {round}");
    flood.accepted
}

#[test]
fn messages_accepted_after_exit_are_printed_too() {
    support::alone(|room| {
        let key = room.key();
        let server = ready_server(key);
        suspend(&server);
        for message in ["before", "exit", "behind", "exit", "last"] {
            let mut client = client(key);
            client.arg(message);
            Running::start(client).finish().success();
        }
        server.signal(SIGCONT);
        let server = server.finish();
        server.success();
        server.stdout_is(transcript(["before", "exit", "behind", "exit", "last"]));
    });
}

#[test]
fn signal_waits_for_an_output_that_nobody_reads() {
    support::alone(|room| {
        let server = Stalled::start(room.key());
        send(server.queue, ["one", "two", "three"]);
        server.begin_to_stop(SIGINT);
        assert!(!server.server.has_exited());
        let expected = transcript(["one", "two", "three"]);
        server.read().success().stdout_is(expected).stderr_is("");
    });
}

#[test]
fn more_signals_during_the_shutdown_do_no_harm() {
    support::alone(|room| {
        let server = Stalled::start(room.key());
        send(server.queue, ["one", "two"]);
        server.begin_to_stop(SIGINT);
        for signal in [SIGINT, SIGTERM, SIGINT, SIGTERM] {
            server.server.signal(signal);
        }
        let expected = transcript(["one", "two"]);
        server.read().success().stdout_is(expected).stderr_is("");
    });
}

fn send<const N: usize>(queue: Queue, texts: [&str; N]) {
    let mut sender = Sender::new(queue);
    for text in texts {
        let sent = sender.send(MessageType::ONE, text.as_bytes());
        sent.expect("a queue with room");
    }
}

/// Both stop it, and in the same way.
fn either(round: u64) -> Signal {
    if round % 2 == 0 { SIGINT } else { SIGTERM }
}

/// Another large number for each round (one step of SplitMix64).
fn random(round: u64) -> u64 {
    let mixed = round.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 31)
}
