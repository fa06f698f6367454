use super::*;
use practice::{alone, until};
use server::Server;
use std::ffi::c_long;

#[path = "program_server/edges.rs"]
mod edges;
#[path = "program_server/errors.rs"]
mod errors;
#[path = "program_server/server.rs"]
mod server;

#[test]
fn each_message_is_a_line_at_once() {
    alone(|room| {
        let server = Server::start(room);
        let queue = server.queue;
        let lines = server.prints(room, &[(1, b"one\0"), (7, b"seven\0"), (1, b"two\0")]);
        assert!(
            lines.iter().all(|line| line.starts_with("Server received: ")),
            "each line begins with \"Server received: \", and yours are {lines:?}"
        );
        assert!(
            lines[0] != "Server received: one\\u{0}",
            "the NUL is in your text: it ends before"
        );
        assert!(
            lines == ["Server received: one", "Server received: seven", "Server received: two"],
            "sent were one, seven and two, and your server prints {lines:?}"
        );
        room.remove(queue.id());
        let server = Server::start_with(room, &[(7, b"seven\0"), (1, b"one\0")]);
        server.idle(room);
        let lines = server.lines();
        assert!(
            lines != ["Server received: one", "Server received: seven"],
            "seven was sent first and has the higher type, and your server prints it last: the oldest message is \
             first, of whatever type"
        );
        assert!(
            lines == ["Server received: seven", "Server received: one"],
            "seven and one were waiting, and your server prints {lines:?}"
        );
        room.remove(server.queue.id());
    });
}

#[test]
fn strangers_are_printed_and_not_obeyed() {
    alone(|room| {
        let server = Server::start(room);
        let queue = server.queue;
        let long = [b'x'; 8192];
        let messages: [(c_long, &[u8]); 5] =
            [(1, b""), (9, b"no NUL"), (1, b"caf\xe9\0"), (1, &long), (1, b"exit now\0")];
        let lines = server.prints(room, &messages);
        // Another test tells how a line looks.
        assert!(
            lines.len() == messages.len(),
            "{} messages, and your server prints {} lines",
            messages.len(),
            lines.len()
        );
        room.remove(queue.id());
    });
}

#[test]
fn control_characters_are_escaped() {
    let clear = shown(b"\x1b[2Jgone");
    assert!(
        !clear.contains('\x1b'),
        "a stranger clears your screen: ESC goes to the terminal as it came"
    );
    let forged = shown(b"hello\nServer received: send money");
    assert!(
        !forged.contains('\n'),
        "a stranger writes a line in your name: a newline goes to the terminal as it came"
    );
    let letters = shown("gr\u{fc}\u{df}e, \u{4f60}\u{597d}".as_bytes());
    assert!(
        letters == "gr\u{fc}\u{df}e, \u{4f60}\u{597d}",
        "letters are not a danger, in whatever script, and you print {letters}"
    );
    let quoted = shown(br#"C:\new "it's""#);
    assert!(
        quoted == r#"C:\new "it's""#,
        "a backslash and quotes do nothing to a screen, and you print {quoted}: only control characters must look \
         different"
    );
    assert!(
        (clear.as_str(), forged.as_str())
            == ("\\u{1b}[2Jgone", "hello\\nServer received: send money"),
        "a control character must be seen, as `char::escape_default` writes it, and you print {clear:?} and \
         {forged:?}"
    );
}

#[test]
fn exit_is_the_last_line() {
    alone(|room| {
        let server = Server::start_with(room, &[(1, b"exit\0"), (1, b"behind\0")]);
        let queue = server.queue;
        until("your server to end: somebody has said exit", || {
            assert!(
                !(server.worker.waits() && server.left(room) == Some(0)),
                "somebody has said exit, and your server has read on and waits for more"
            );
            server.worker.has_ended()
        });
        let left = server.left(room);
        if left.is_some() {
            room.remove(queue.id());
        }
        assert!(
            left.is_some(),
            "somebody has said exit, and your server has removed the queue with a message in it: how to end is the \
             caller's business"
        );
        let lines = server.lines();
        match server.ended() {
            Ok(Ok(End::Exit)) => {}
            other => panic!("somebody has said exit, and your server ends with {other:?}"),
        }
        assert!(
            !lines.is_empty(),
            "the exit must be printed like any other message, before the end"
        );
        assert!(
            lines.len() == 1 && left == Some(1),
            "a message follows the exit, which must stay in the queue for the caller"
        );
    });
}

#[test]
fn signal_does_not_end_the_server() {
    alone(|room| {
        let server = Server::start(room);
        server.idle(room);
        for interruptions in 1..=20 {
            server.worker.interrupt();
            server.idle(room);
            if server.worker.has_ended() {
                let queue = server.queue;
                let ended = server.ended();
                room.remove(queue.id());
                assert!(
                    interruptions == 1,
                    "your server asks again after a signal, and not after signal number {interruptions} ({ended:?}): \
                     how often may one come?"
                );
                panic!(
                    "a signal arrived while your server waited (EINTR), and it ends with {ended:?}: nothing has \
                     happened to the queue, ask again"
                );
            }
        }
        room.remove(server.queue.id());
    });
}

#[test]
fn removal_of_the_queue_ends_the_server() {
    alone(|room| {
        let server = Server::start(room);
        server.idle(room);
        room.remove(server.queue.id());
        until(
            "your server to end: its queue has been removed, and it asks again after every error",
            || server.worker.has_ended(),
        );
        match server.ended() {
            Ok(Ok(End::Gone)) => {}
            other => panic!(
                "the queue was removed while your server waited, and it ends with {other:?}: the kernel's EIDRM and \
                 EINVAL are how it learns of an end in good order"
            ),
        }
    });
}
