//! More signals, other signals, and messages of other types.

use super::server::{Server, be_the_server};
use super::*;
use practice::{HARMLESS, Room, send, until};
use std::time::{Duration, Instant};

/// Whether your server prints what is there and ends in good order. If not, other tests say so.
#[track_caller]
pub(super) fn does_well(room: &Room) -> bool {
    let mut server = Server::start(room, &["one\0", "two\0"], "line");
    server.is_held_up();
    server.program.signal(Signal::SIGINT);
    let shut = |server: &Server| {
        ch06_cleanup::Status::of(server.queue).map_or(true, |status| status.capacity == 0)
    };
    let begin = Instant::now();
    until("the door to be shut, or not", || {
        server.program.has_exited() || shut(&server) || begin.elapsed() > Duration::from_secs(1)
    });
    let in_order = !server.program.has_exited() && shut(&server) && server.is_there();
    if in_order {
        server.program.close_stdin();
        until("your server to end, or not", || {
            server.program.has_exited() || begin.elapsed() > Duration::from_secs(2)
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
        // One round would do, were it certain that the thread that waits has run by then.
        for signal in HARMLESS.repeat(10) {
            server.program.signal(signal);
            let sent = send(server.queue.id(), 1, b"still there?\0");
            server.is_idle(room);
            if sent.is_err() || server.is_stopping() {
                practice::clear(room);
                panic!(
                    "{signal} has come, as a program gets it for many reasons, and your server stops: nobody has \
                     asked it to. SIGINT and SIGTERM do, and no other signal"
                );
            }
        }
        server.program.signal(Signal::SIGTERM);
        let why = "the end of your server: SIGTERM came behind other signals, and nothing wakes it";
        let lines = server.end(room, Signal::SIGTERM, why);
        assert!(
            lines.len() == 30,
            "30 messages were accepted while other signals came, and your server has printed {}",
            lines.len()
        );
    });
}

#[test]
fn second_signal_changes_nothing() {
    be_the_server();
    alone(|room| {
        if !does_well(room) {
            return;
        }
        let messages = ["one\0", "two\0", "three\0"];
        let mut server = Server::start(room, &messages, "line");
        server.is_held_up();
        for signal in [Signal::SIGTERM, Signal::SIGINT].repeat(10) {
            server.program.signal(signal);
        }
        let closed =
            || ch06_cleanup::Status::of(server.queue).map_or(true, |status| status.capacity == 0);
        until("the door to be shut (capacity 0): twenty signals have come", || {
            server.program.has_exited() || closed()
        });
        // A server that has had enough of waiting, or takes the next signal for more than the
        // first.
        let begin = Instant::now();
        until("the terminal to be slow", || {
            if begin.elapsed() < Duration::from_millis(100) {
                server.program.signal(Signal::SIGINT);
            }
            server.program.has_exited() || begin.elapsed() > Duration::from_millis(400)
        });
        let there = server.is_there();
        server.program.close_stdin();
        until("the end of your server: it was asked to stop more than once", || {
            server.program.has_exited()
        });
        let finished = server.program.finish();
        practice::clear(room);
        let printed = finished.stderr_text().matches("Server received: ").count();
        assert!(
            there && printed == 3,
            "your server was asked to stop more than once, while it printed to a slow terminal, and {printed} of 3 \
             accepted messages are printed: the next signal asks for what the first one did, and waiting has no \
             limit ({:?})",
            finished.status
        );
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
                   still lie there";
        let lines = server.end(room, Signal::SIGTERM, why);
        assert!(
            lines == ["seven", "one", "last", ""],
            "accepted were seven, one, last and an empty text, of several types and in this order, and your server \
             has printed {lines:?}"
        );
    });
}
