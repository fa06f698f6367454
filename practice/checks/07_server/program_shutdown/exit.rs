//! Messages that say exit, and those that nearly do.

use super::more::does_well;
use super::server::{Server, be_the_server};
use super::*;
use practice::{Room, edges, until_at_rest};

/// Three exits. It is for a server that takes a second signal well: an exit becomes one.
#[track_caller]
pub(super) fn second_exit_changes_nothing(room: &Room) {
    if !exit_does_well(room) {
        return;
    }
    let messages: [(std::ffi::c_long, &[u8]); 5] =
        [(1, b"exit"), (1, b"two\0"), (5, b"exit\0old\0"), (1, b"exit\0"), (1, b"five\0")];
    let server = Server::start_with(room, &messages, "");
    let why = "the end of your server: somebody has said exit, three times, once without a NUL";
    let lines = server.end(room, Signal::SIGTERM, why);
    assert!(
        lines == ["exit", "two", "exit", "exit", "five"],
        "three exits and what was between and after them were accepted, and your server has printed {lines:?}: \
         the second exit asks for what the first one did"
    );
}

/// Whether one exit ends your server in good order. If not, another test says so.
#[track_caller]
fn exit_does_well(room: &Room) -> bool {
    let server = Server::start(room, &["exit\0", "two\0"], "");
    let what = "your server to end, as somebody has said exit";
    let ended = until_at_rest(what, &server.program, || server.program.has_exited());
    let gone = !server.is_there();
    practice::clear(room);
    ended && gone && server.program.finish().stderr_text().contains("two")
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
        let what = "your server to sleep in msgrcv: nobody has said exit";
        let stays = !until_at_rest(what, &server.program, || server.is_stopping());
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
