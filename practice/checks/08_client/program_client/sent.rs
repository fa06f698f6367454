//! What becomes of an input.

use super::*;
use practice::{RawMessage, Room, Worker, count, queue, until};
use std::io::Cursor;
use std::iter;
use support::caught;

/// What your client returns, or what its panic says.
pub(super) type Ended = Result<io::Result<Report>, String>;

/// Your client at work on a thread of its own.
pub(super) fn start(input: impl BufRead + Send + 'static, queue: Queue) -> Worker<Ended> {
    Worker::start(move || caught(|| talk(input, queue)))
}

/// What has become of an input.
pub(super) struct Sent {
    pub(super) result: Ended,
    pub(super) messages: Vec<RawMessage>,
    /// Whether it ended by itself.
    pub(super) ended: bool,
    /// Whether the queue is still there.
    pub(super) kept: bool,
}

#[track_caller]
pub(super) fn send_all(room: &Room, input: &[u8]) -> Sent {
    let queue = queue(room);
    let lines = input.split(|byte| *byte == b'\n').count() as u64;
    let worker = start(Cursor::new(input.to_vec()), queue);
    until("your client to end: it has no more to read", || {
        worker.has_ended() || count(room, queue.id()) > Some(2 * lines)
    });
    let ended = worker.has_ended();
    let kept = count(room, queue.id()).is_some();
    let mut messages = Vec::new();
    if kept && ended {
        messages.extend(iter::from_fn(|| practice::receive(queue.id())));
    }
    if kept {
        // Wakes it, too, if it goes on.
        room.remove(queue.id());
    }
    Sent { result: ended_of(worker), messages, ended, kept }
}

pub(super) fn ended_of(worker: Worker<Ended>) -> Ended {
    let ended = worker.result();
    ended.unwrap_or_else(|| Err("its thread has been unwound".to_owned()))
}

/// Whether your client does what is asked of short lines. If not, the tests about those say so, and
/// the others have nothing to add.
#[track_caller]
pub(super) fn does_well(room: &Room) -> bool {
    let sent = send_all(room, b"one\n\n  two \xe9 \r\n...\nexit\nbehind\n");
    let texts = sent.messages.iter().map(|message| &*message.bytes);
    let all: [&[u8]; 5] = [b"one\0", b"\0", b"  two \xe9 \r\0", b"...\0", b"exit\0"];
    let to_exit = matches!(sent.result, Ok(Ok(Report { sent: 5, refused: 0 }))) && texts.eq(all);
    let sent = send_all(room, b"one\nlast");
    let texts = sent.messages.iter().map(|message| &*message.bytes);
    to_exit && sent.ended && texts.eq([&b"one\0"[..], b"last\0"])
}

/// What becomes of a line that brings the line before along, if it does. One test says it; the
/// others have nothing to add.
#[track_caller]
pub(super) fn lines_stick(room: &Room) -> Option<&'static str> {
    let sent = send_all(room, b"a\nb\n");
    let glued = |message: &RawMessage| {
        let mut rest = message.bytes.iter().skip_while(|byte| **byte != b'a');
        rest.any(|byte| *byte == b'b')
    };
    if sent.messages.iter().any(glued) {
        return Some("both are in one message");
    }
    let refused = matches!(sent.result, Ok(Ok(Report { sent: 1, refused: 1 })));
    refused.then_some("the second is refused, with the NUL of the first in it")
}

/// The texts that your client sends of this input, and what it reports. Any mistake that every
/// message would have is told here.
#[track_caller]
pub(super) fn sent_of(room: &Room, input: &[u8]) -> (Vec<Vec<u8>>, Report) {
    let sent = send_all(room, input);
    if !sent.ended {
        panic!(
            "the input is at its end, and your client goes on sending, for as long as there is room: `read_until` \
             says at the end that it has read 0 bytes"
        );
    }
    assert!(
        sent.kept,
        "your client has removed the queue, with all that it has sent: the queue is the server's"
    );
    let result = sent.result.unwrap_or_else(|said| {
        let input = input[..input.len().min(60)].escape_ascii();
        panic!("your client panics at the input \"{input}\": {said}")
    });
    let mut texts = Vec::new();
    for message in sent.messages {
        let mut text = message.bytes;
        assert!(
            !text.contains(&b'\n'),
            "the newline has been sent as well: it ends the line, and is none of its bytes"
        );
        assert!(
            text.contains(&0),
            "no NUL is in the message: a C program would read on, into what follows"
        );
        assert!(
            text.len() < 256 || text.ends_with(&[b'x', 0]),
            "{} bytes have been sent for a short line: what counts is the text and its NUL, and not the memory it \
             is in",
            text.len()
        );
        assert!(
            message.message_type == 1,
            "the message is of type {}, and not of type 1",
            message.message_type
        );
        text.pop();
        texts.push(text);
    }
    match result {
        Ok(report) => (texts, report),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => panic!(
            "your client ends with an error ({error}): a line is bytes, in whatever encoding somebody types them"
        ),
        Err(error) => panic!(
            "your client ends with an error ({error}): a line that cannot be sent is refused, and the next line \
             is looked at"
        ),
    }
}
