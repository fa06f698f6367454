//! When the server's output is seen: at once if it is idle, in large pieces if it is not.

use std::os::unix::net::UnixDatagram;

use nix::sys::signal::Signal;
use support::{Running, asleep_in_msg_call, until};
use sysv_mq::{MessageType, Sender};

use crate::programs::{READY, STOPPED, client, queue, ready_server, server, transcript};
use crate::stalled::{suspend, writing_to};

#[test]
fn idle_server_shows_each_line_at_once() {
    support::alone(|room| {
        let key = room.key();
        let mut server = ready_server(key);
        let mut client = Running::start(client(key));
        for line in ["one", "two", "three"] {
            client.write_line(line);
            // The next line is not even typed before this one has been seen.
            server.wait_for_line(&format!("Server received: {line}"));
        }
        client.write_line("exit");
        client.finish().success();
        let server = server.finish();
        server.success();
        server.stdout_is(transcript(["one", "two", "three", "exit"]));
    });
}

#[test]
fn line_is_one_write_when_idle_and_a_hundred_are_under_load() {
    support::alone(|room| {
        let key = room.key();
        // Each write to a datagram socket arrives as one piece.
        let (reader, writer) = UnixDatagram::pair().expect("sockets can be made");
        let server = Running::start(writing_to(server(key), writer));
        let next = || next_piece(&reader);
        assert_eq!(next(), format!("{READY}\n"));

        let mut sender = Sender::new(queue(key));
        let mut send = |text: &str| sender.send(MessageType::ONE, text.as_bytes()).unwrap();
        for text in ["one", "two", "three"] {
            send(text);
            assert_eq!(next(), format!("Server received: {text}\n"));
        }

        until("the server to sleep", || asleep_in_msg_call(server.id()));
        suspend(&server);
        let texts: Vec<String> = (0..300).map(|number| format!("number {number}")).collect();
        texts.iter().for_each(|text| send(text));
        server.signal(Signal::SIGCONT);
        let lines = texts.iter().map(|text| format!("Server received: {text}\n"));
        let (all, mut shown) = (lines.collect::<String>(), String::new());
        while shown.len() < all.len() {
            let piece = next();
            // The first message wakes the server and is shown before it looks for more.
            let ends = shown.is_empty() || shown.len() + piece.len() == all.len();
            assert!(piece.len() <= 4096 && (ends || piece.len() > 3500), "{} bytes", piece.len());
            shown.push_str(&piece);
        }
        assert_eq!(shown, all);

        server.signal(Signal::SIGTERM);
        assert_eq!(next(), format!("{STOPPED}\n"));
        server.finish().success();
    });
}

fn next_piece(reader: &UnixDatagram) -> String {
    let mut piece = vec![0; 1 << 20];
    reader.set_nonblocking(true).expect("a socket");
    let mut length = 0;
    until("the server to write", || {
        reader.recv(&mut piece).map(|received| length = received).is_ok()
    });
    piece.truncate(length);
    String::from_utf8(piece).expect("the server writes UTF-8")
}
