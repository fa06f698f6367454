//! What becomes of an input.

use super::*;
use practice::{RawMessage, Room, Worker, count, queue, until};
use std::iter;

/// What has become of an input.
pub(super) struct Sent {
    /// `None` if your client panics.
    pub(super) result: Option<io::Result<Report>>,
    pub(super) messages: Vec<RawMessage>,
    /// Whether it ended by itself.
    pub(super) ended: bool,
    /// Whether the queue is still there.
    pub(super) kept: bool,
}

#[track_caller]
pub(super) fn send_all(room: &Room, input: &'static [u8]) -> Sent {
    let queue = queue(room);
    let lines = input.split(|byte| *byte == b'\n').count() as u64;
    let worker = Worker::start(move || talk(input, queue));
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
    Sent {
        result: worker.result(),
        messages,
        ended,
        kept,
    }
}

/// Whether a line brings the line before along. One test tells; the others have nothing to add.
#[track_caller]
pub(super) fn lines_stick(room: &Room) -> bool {
    let sent = send_all(room, b"a\nb\n");
    let glued = |message: &RawMessage| {
        let mut rest = message.bytes.iter().skip_while(|byte| **byte != b'a');
        rest.any(|byte| *byte == b'b')
    };
    let refused = matches!(
        sent.result,
        Some(Ok(Report {
            sent: 1,
            refused: 1
        }))
    );
    refused || sent.messages.iter().any(glued)
}

/// The texts that your client sends of this input, and what it reports. Any mistake that every
/// message would have is told here.
#[track_caller]
pub(super) fn sent_of(room: &Room, input: &'static [u8]) -> (Vec<Vec<u8>>, Report) {
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
    let Some(result) = sent.result else {
        panic!(
            "your client panics at {:?}",
            input.escape_ascii().to_string()
        )
    };
    let mut texts = Vec::new();
    for message in sent.messages {
        let mut text = message.bytes;
        assert!(
            !text.contains(&b'\n'),
            "the newline has been sent as well: it ends the line, and is none of its bytes"
        );
        assert!(
            text.contains(&0),
            "no NUL is in the message: a C program would read on, into what lies behind"
        );
        assert!(
            text.len() < 256 || text.ends_with(&[b'x', 0]),
            "{} bytes have been sent for a short line: what counts is the text and its NUL, and not the memory it \
             lies in",
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
