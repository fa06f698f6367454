//! Messages that no well-behaved client would send. Anyone who may write can; the server takes them
//! all, shows each on one line, and goes on.

use std::ffi::c_long;

use support::{Room, Running, alone, in_namespace};
use sysv_mq::{MessageType, Queue, Sender};

use crate::programs::{client_given, queue, ready_server, server, unattended_queue};

#[test]
fn empty_message_is_shown_as_an_empty_text() {
    alone(|room| assert_eq!(shown(room, &[b""]), [""]));
}

#[test]
fn text_ends_at_the_first_nul_or_with_the_message() {
    alone(|room| {
        let full = [b'x'; 256];
        let texts = shown(room, &[&full, b"hi\0and what stood there before\0", b"\0", b"bare"]);
        assert_eq!(texts, ["x".repeat(256).as_str(), "hi", "", "bare"]);
    });
}

#[test]
fn longest_message_of_the_system_is_shown_whole() {
    alone(|room| {
        let most = usize::try_from(room.limit("msgmax")).expect("msgmax is an int");
        assert_eq!(shown(room, &[&vec![b'x'; most]]), ["x".repeat(most)]);
    });
}

#[test]
fn message_longer_than_todays_msgmax_is_shown_whole() {
    in_namespace(|room| {
        let key = room.key();
        let unattended = unattended_queue(key);
        send(unattended.queue(), &[&[b'x'; 8000], b"exit\0"]);
        room.set_limit("msgmax", 100);

        let server = Running::start(server(key)).finish();

        server.success().stdout_is(format!(
            "Server: Message queue found, with 2 messages waiting. Waiting for messages...\n\
             Server received: {}\n\
             Server received: exit\n\
             Server shutting down...\n",
            "x".repeat(8000)
        ));
    });
}

/// The server begins with room for 8,192 bytes: the kernel answers E2BIG, and the room has to grow.
#[test]
fn message_longer_than_the_usual_msgmax_is_shown_whole() {
    in_namespace(|room| {
        room.set_limit("msgmax", 50_000);
        room.set_limit("msgmnb", 100_000);
        for length in [8192, 8193, 20_000, 50_000] {
            assert_eq!(shown(room, &[&vec![b'x'; length]]), ["x".repeat(length)]);
        }
    });
}

#[test]
fn nothing_in_a_message_drives_the_terminal_or_starts_a_line() {
    alone(|room| {
        let texts = shown(
            room,
            &[
                b"\x1b]0;owned\x07\x1b[2J",
                b"one\nServer received: a lie\r",
                b"caf\xe9 \xff",
                "caf\u{e9} \u{202e}".as_bytes(),
            ],
        );
        assert_eq!(
            texts,
            [
                r"\u{1b}]0;owned\u{7}\u{1b}[2J",
                r"one\nServer received: a lie\r",
                r"caf\xe9 \xff",
                r"café \u{202e}",
            ]
        );
    });
}

#[test]
fn message_of_any_type_is_taken_in_turn() {
    alone(|room| {
        let key = room.key();
        let server = ready_server(key);
        let mut sender = Sender::new(queue(key));
        for (number, text) in [(c_long::MAX, "highest"), (1, "lowest"), (77, "exit")] {
            let message_type = MessageType::new(number).expect("it is above 0");
            sender.send(message_type, text.as_bytes()).expect("room");
        }

        let server = server.finish();
        assert_eq!(
            server.success().lines()[1..3],
            ["Server received: highest", "Server received: lowest"]
        );
    });
}

#[test]
fn exit_stops_the_server_whatever_follows_its_nul() {
    alone(|room| {
        for exit in [&b"exit"[..], b"exit\0", b"exit\0stale bytes"] {
            let key = room.key();
            let server = ready_server(key);
            send(queue(key), &[exit]);
            server.finish().success().stdout_has(
                "Server received: exit\n\
                 Server shutting down...\n",
            );
        }
    });
}

#[test]
fn what_is_merely_like_exit_stops_nothing() {
    alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);
        for (text, shown) in [
            (&b"exit\nmore"[..], r"exit\nmore"),
            (b"exit ", r"exit\u{20}"),
            (b"EXIT", "EXIT"),
            (b"exit\r\0", r"exit\r"),
            (b"\0exit", ""),
        ] {
            send(queue(key), &[text]);
            server.wait_for_line(&format!("Server received: {shown}"));
            // A program takes longer to start than a server to stop: it would find no queue.
            client_given(key, "still there?\n").success();
            server.wait_for_line("Server received: still there?");
        }
        send(queue(key), &[b"exit"]);
        server.finish().success();
    });
}

/// How a server shows these messages, between its first line and an "exit".
#[track_caller]
fn shown(room: &Room, messages: &[&[u8]]) -> Vec<String> {
    let key = room.key();
    let server = ready_server(key);
    send(queue(key), messages);
    send(queue(key), &[b"exit\0"]);

    let lines = server.finish().success().lines();
    let [_ready, texts @ .., exit, _shutting_down] = &lines[..] else {
        panic!("too few lines: {lines:?}");
    };
    assert_eq!(exit, "Server received: exit");
    let prefix = "Server received: ";
    let text = |line: &String| line.strip_prefix(prefix).expect("every line has it").to_owned();
    texts.iter().map(text).collect()
}

fn send(queue: Queue, messages: &[&[u8]]) {
    let mut sender = Sender::new(queue);
    for bytes in messages {
        sender.send(MessageType::ONE, bytes).expect("the queue is there");
    }
}
