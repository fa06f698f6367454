//! More signals, other signals, and messages of other types.

use super::exit::second_exit_changes_nothing;
use super::server::{Server, be_the_server};
use super::*;
use practice::{HARMLESS, Room, send, until, until_at_rest};
use std::process::ExitStatus;
use std::time::{Duration, Instant};

const DOOR: &str = "the door to be shut (capacity 0): SIGINT has come while your server prints, and the kernel goes on \
                    accepting messages";

/// Whether your server prints what is there and ends in good order. If not, other tests say so.
#[track_caller]
pub(super) fn does_well(room: &Room) -> bool {
    let mut server = Server::start(room, &["one\0", "two\0"], "line");
    server.is_held_up();
    server.program.signal(Signal::SIGINT);
    let shut = until_at_rest(DOOR, &server.program, || server.is_stopping());
    let in_order = shut && !server.program.has_exited() && server.is_there();
    if in_order {
        server.program.close_stdin();
        until_at_rest("your server to end, as SIGINT has come", &server.program, || {
            server.program.has_exited()
        });
    }
    let ended = in_order && server.program.has_exited() && !server.is_there();
    practice::clear(room);
    // What has not ended is ended when it is dropped.
    ended && {
        let finished = server.program.finish();
        let said = finished.stderr_text();
        finished.status.success() && said.ends_with("one\nServer received: two\n")
    }
}

#[test]
fn other_signals_do_not_stop_the_server() {
    be_the_server();
    alone(|room| {
        if !does_well(room) {
            return;
        }
        let server = Server::start(room, &[], "");
        server.is_idle(room);
        for signal in HARMLESS.repeat(10) {
            server.program.signal(signal);
            let sent = send(server.queue.id(), 1, b"still there?\0");
            server.is_idle(room);
            let what = "your server to sleep in msgrcv: a signal has come that asks for nothing";
            if until_at_rest(what, &server.program, || server.is_stopping()) || sent.is_err() {
                practice::clear(room);
                panic!(
                    "{signal} has come, as a program gets it for many reasons, and your server stops: nobody has \
                     asked it to. SIGINT and SIGTERM do, and no other signal"
                );
            }
        }
        server.program.signal(Signal::SIGTERM);
        let why =
            "the end of your server: SIGTERM came after other signals, and it has not woken up";
        let lines = server.end(room, Signal::SIGTERM, why);
        assert!(
            lines.len() == 30,
            "30 messages were accepted while other signals came, and your server has printed {}",
            lines.len()
        );
    });
}

/// What your server does while its terminal is slow: whether it keeps the queue, how many of three
/// messages it prints, and how it ends.
#[track_caller]
fn slow_terminal(room: &Room, signals: &[Signal], slow: Duration) -> (bool, usize, ExitStatus) {
    let mut server = Server::start(room, &["one\0", "two\0", "three\0"], "line");
    server.is_held_up();
    for signal in signals {
        server.program.signal(*signal);
    }
    until("the door to be shut (capacity 0): it has been once", || server.is_stopping());
    let begin = Instant::now();
    until("the terminal to be slow", || {
        if signals.len() > 1 && begin.elapsed() < slow / 2 {
            server.program.signal(Signal::SIGINT);
        }
        server.program.has_exited() || begin.elapsed() > slow
    });
    let there = server.is_there();
    server.program.close_stdin();
    until("the end of your server: it has ended once", || server.program.has_exited());
    practice::clear(room);
    let finished = server.program.finish();
    (there, finished.stderr_text().matches("Server received: ").count(), finished.status)
}

#[test]
fn second_signal_changes_nothing() {
    be_the_server();
    alone(|room| {
        if !does_well(room) {
            return;
        }
        // A second and a half costs the reader nothing: the tests run side by side.
        let (there, printed, status) =
            slow_terminal(room, &[Signal::SIGTERM], Duration::from_millis(1500));
        assert!(
            there && printed == 3,
            "your server was asked to stop while it printed to a slow terminal, and {printed} of 3 accepted messages \
             are printed: it has waited for a while and given up, and waiting has no limit ({status:?})"
        );
        let signals = [Signal::SIGTERM, Signal::SIGINT].repeat(10);
        let (there, printed, status) = slow_terminal(room, &signals, Duration::from_millis(200));
        assert!(
            there && printed == 3,
            "your server was asked to stop more than once, while it printed to a slow terminal, and {printed} of 3 \
             accepted messages are printed: the next signal asks for what the first one did ({status:?})"
        );
        second_exit_changes_nothing(room);
    });
}

#[test]
fn messages_of_any_type_are_printed_in_order() {
    be_the_server();
    alone(|room| {
        if !does_well(room) {
            return;
        }
        let messages: [(std::ffi::c_long, &[u8]); 4] =
            [(7, b"seven\0"), (1, b"one\0"), (i32::MAX.into(), b"last\0"), (2, b"\0")];
        let mut server = Server::start_with(room, &messages, "line");
        server.is_held_up();
        server.program.signal(Signal::SIGTERM);
        server.shuts_the_door("SIGTERM has come, and messages of several types are waiting");
        let why = "the end of your server: messages of several types were waiting when SIGTERM came, and some may \
                   still be there";
        let lines = server.end(room, Signal::SIGTERM, why);
        assert!(
            lines == ["seven", "one", "last", ""],
            "accepted were seven, one, last and an empty text, of several types and in this order, and your server \
             has printed {lines:?}"
        );
    });
}
