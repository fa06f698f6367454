//! Messages that say exit, and those that nearly do.

use super::more::does_well;
use super::server::{Server, be_the_server};
use super::*;
use practice::{Room, edges, program_is_waiting, until};
use std::time::{Duration, Instant};

#[test]
fn second_exit_changes_nothing() {
    be_the_server();
    alone(|room| {
        if !does_well(room) || !exit_does_well(room) {
            return;
        }
        let messages: [(std::ffi::c_long, &[u8]); 5] =
            [(1, b"exit"), (1, b"two\0"), (5, b"exit\0old\0"), (1, b"exit\0"), (1, b"five\0")];
        let server = Server::start_with(room, &messages, "");
        let why = "the end of your server: somebody has said exit, three times, once without a NUL";
        let lines = server.end(room, Signal::SIGTERM, why);
        assert!(
            lines == ["exit", "two", "exit", "exit", "five"],
            "three exits and what stood between and behind them were accepted, and your server has printed {lines:?}: \
             the second exit asks for what the first one did"
        );
    });
}

/// Whether one exit ends your server in good order.
#[track_caller]
fn exit_does_well(room: &Room) -> bool {
    let server = Server::start(room, &["exit\0", "two\0"], "");
    let begin = Instant::now();
    until("your server to end, or not", || {
        server.program.has_exited() || begin.elapsed() > Duration::from_secs(1)
    });
    let ended = server.program.has_exited() && !server.is_there();
    practice::clear(room);
    ended && server.program.finish().stderr_text().contains("two")
}

#[test]
fn text_that_resembles_exit_stops_nothing() {
    be_the_server();
    alone(|room| {
        if !does_well(room) {
            return;
        }
        let texts = edges::like_exit();
        let server = Server::start(room, &texts, "");
        server.is_idle(room);
        let stays = !server.program.has_exited() && program_is_waiting(&server.program);
        let why =
            "the end of your server: SIGTERM came, and texts that resemble exit had been printed";
        server.program.signal(Signal::SIGTERM);
        let lines = server.end(room, Signal::SIGTERM, why);
        assert!(
            stays && lines.len() == texts.len(),
            "nobody has said exit, only what resembles it, and your server stops at one of {texts:?}"
        );
    });
}
