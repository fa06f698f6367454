use super::*;
use practice::{RawMessage, Room, Worker, alone, until};
use std::iter;

fn queue(room: &Room) -> Queue {
    let queue = Queue::private(Mode::S_IRUSR | Mode::S_IWUSR).expect("a queue");
    room.watch(queue.id());
    queue
}

/// How many messages are in the queue; `None` if it is gone.
fn count(room: &Room, queue: Queue) -> Option<u64> {
    let mut queues = room.queues().into_iter();
    queues
        .find(|entry| entry.msqid == queue.id())
        .map(|entry| entry.qnum)
}

/// What has become of an input.
struct Sent {
    /// `None` if your client panics.
    result: Option<io::Result<Report>>,
    messages: Vec<RawMessage>,
    /// Whether it ended by itself.
    ended: bool,
    /// Whether the queue is still there.
    kept: bool,
}

#[track_caller]
fn send_all(room: &Room, input: &'static [u8]) -> Sent {
    let queue = queue(room);
    let lines = input.split(|byte| *byte == b'\n').count() as u64;
    let worker = Worker::start(move || talk(input, queue));
    until("your client to end: it has no more to read", || {
        worker.has_ended() || count(room, queue) > Some(2 * lines)
    });
    let ended = worker.has_ended();
    let kept = count(room, queue).is_some();
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
fn lines_stick(room: &Room) -> bool {
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

/// The texts that your client sends of this input, and what it reports. Any mistake that every message would have
/// is told here.
#[track_caller]
fn sent_of(room: &Room, input: &'static [u8]) -> (Vec<Vec<u8>>, Report) {
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

#[test]
fn line_is_a_text_and_a_nul() {
    alone(|room| {
        let (texts, report) = sent_of(room, b"hello\n");
        assert!(
            texts.len() != 2 || texts[1] != b"exit",
            "you have stopped the server: the end of your input is not its end"
        );
        assert!(
            texts == [b"hello"],
            "one line is to be one message, and you send {}",
            texts.len()
        );
        assert!(
            report
                == Report {
                    sent: 1,
                    refused: 0
                },
            "one line has been sent, and you report {report:?}"
        );
    });
}

#[test]
fn all_lines_are_sent_as_they_are() {
    alone(|room| {
        assert!(
            !lines_stick(room),
            "the line before is still in your buffer when the next one is read: `read_until` appends, and clears \
             nothing"
        );
        let (texts, _) = sent_of(room, b"one\n\n  two words \nlast");
        let texts: Vec<_> = texts
            .iter()
            .map(|text| String::from_utf8_lossy(text))
            .collect();
        assert!(
            texts.len() != 1,
            "you stop after the first line, and there are more: an empty line is no end either"
        );
        assert!(
            !texts.contains(&"two words".into()),
            "somebody has typed blanks, and you have taken them away"
        );
        assert!(
            !texts.contains(&"las".into()),
            "the last line has no newline, and you have cut a letter off: look before you take it away"
        );
        assert!(
            texts.contains(&"last".into()),
            "the last line has no newline, and you have not sent it"
        );
        let texts: Vec<_> = texts.iter().filter(|text| **text != "exit").collect();
        assert!(
            texts == ["one", "", "  two words ", "last"],
            "four lines, of which one is empty, and you send {texts:?}"
        );
        let (texts, _) = sent_of(room, b"caf\xe9\r\n");
        let texts: Vec<_> = texts.iter().filter(|text| **text != b"exit").collect();
        assert!(
            texts != [b"caf\xe9"],
            "a byte 13 (\\r) before the newline is one of the line's bytes, and you have taken it away"
        );
        assert!(
            texts == [b"caf\xe9\r"],
            "a line is bytes, in whatever encoding somebody types them, and other bytes arrive than were typed"
        );
    });
}

#[test]
fn long_line_is_refused() {
    alone(|room| {
        static LINES: [u8; 1027] = {
            let mut lines = [b'x'; 1027];
            lines[255] = b'\n';
            lines[256 + 256] = b'\n';
            lines[1026] = b'\n';
            lines
        };
        if lines_stick(room) {
            return;
        }
        let (mut texts, report) = sent_of(room, &LINES);
        texts.retain(|text| text != b"exit");
        let lengths: Vec<_> = texts.iter().map(Vec::len).collect();
        assert!(
            lengths.contains(&255),
            "255 bytes and a NUL are 256, which fit, and you do not send them"
        );
        assert!(
            !lengths.contains(&256),
            "256 bytes and a NUL are 257: the NUL counts, and for some programs it is one byte too many"
        );
        assert!(
            lengths.len() <= 3,
            "three lines have become {} messages: a long line arrives in pieces, and each piece looks like a line \
             that somebody has typed",
            lengths.len()
        );
        assert!(
            lengths.len() == 1,
            "two of three lines are too long, and you send something of them: who reads a line without its end \
             does not know that it had one"
        );
        assert!(
            report
                == Report {
                    sent: 1,
                    refused: 2
                },
            "of three lines one could be sent, and you report {report:?}"
        );
    });
}

#[test]
fn nul_within_a_line_is_refused() {
    alone(|room| {
        if lines_stick(room) {
            return;
        }
        let (texts, report) = sent_of(room, b"pay 10\x00000\nnext\n");
        assert!(
            !texts.iter().any(|text| text.starts_with(b"pay")),
            "a line with a NUL in it has been sent: its reader takes it to end there"
        );
        // Other tests tell what has become of the next line.
        assert!(
            report.refused == 1 || texts.is_empty(),
            "a line with a NUL in it is refused, and you report {report:?}"
        );
    });
}

#[test]
fn exit_is_sent_and_is_the_last() {
    alone(|room| {
        if lines_stick(room) {
            return;
        }
        let (texts, report) = sent_of(room, b"one\nexit\ntwo\n");
        assert!(
            texts.iter().all(|text| text != b"two"),
            "behind exit you go on sending: nobody will read that"
        );
        // Another test tells a client that stops after the first line.
        if sent_of(room, b"one\ntwo\n").0.len() > 1 {
            assert!(
                texts.iter().any(|text| text == b"exit"),
                "exit has ended your client, and the server does not know of it: the line is to be sent"
            );
            assert!(
                texts.len() != 2 || report.sent == 2,
                "one line and exit have been sent, and you report {report:?}: exit is a line that is sent"
            );
        }
    });
}

/// Your client with this line, at a queue that is full; and it waits.
#[track_caller]
fn waiting(room: &Room, line: &'static [u8]) -> (Queue, Worker<io::Result<Report>>) {
    let queue = queue(room);
    for _ in 0..2 {
        practice::send(queue.id(), 9, &[b'x'; 8192]).expect("room for two of them");
    }
    let worker = Worker::start(move || talk(line, queue));
    until("your client to sleep in msgsnd until there is room", || {
        assert!(
            !worker.naps(),
            "the queue is full, and your client sleeps for a while, by itself: `send` waits in the kernel, and no \
             longer than it takes"
        );
        worker.has_ended() || worker.waits()
    });
    if worker.has_ended() {
        let ended = worker.result();
        room.remove(queue.id());
        match ended {
            Some(Ok(_)) => panic!(
                "the queue is full, and your client says that all is well: the line is nowhere"
            ),
            _ => panic!("the queue is full, and your client gives up: it is to wait for room"),
        }
    }
    (queue, worker)
}

#[test]
fn signal_loses_no_line() {
    alone(|room| {
        is_not_lost(room, b"hello\n");
        // Another test tells a client that does not send exit at all.
        if !send_all(room, b"exit\n").messages.is_empty() {
            is_not_lost(room, b"exit\n");
        }
    });
}

/// Interrupts your client while it waits with this line.
#[track_caller]
fn is_not_lost(room: &Room, line: &'static [u8]) {
    let (queue, worker) = waiting(room, line);
    for _ in 0..2 {
        worker.interrupt();
        until("your client to wait again, or to end", || {
            worker.has_ended() || worker.waits()
        });
        if worker.has_ended() {
            break;
        }
    }
    if worker.has_ended() {
        let ended = worker.result();
        room.remove(queue.id());
        match ended {
            Some(Ok(_)) => panic!(
                "a signal arrived while your client waited for room (EINTR), and it takes the line for sent"
            ),
            _ => panic!(
                "a signal arrived while your client waited for room (EINTR), and it gives up: nothing has been \
                     sent, so send again"
            ),
        }
    }
    practice::receive(queue.id()).expect("a message of 8,192 bytes");
    until("your client to end: there is room now", || {
        worker.has_ended() || count(room, queue) > Some(3)
    });
    assert!(
        count(room, queue).is_some(),
        "your client has removed the queue, with what it has sent in it: the queue is the server's"
    );
    practice::receive(queue.id()).expect("the other message of 8,192 bytes");
    let arrived = practice::receive(queue.id());
    // Another test tells how a message looks.
    assert!(
        arrived.is_some_and(|message| message.bytes.starts_with(&line[..4])),
        "there is room in the end, and the line has not arrived"
    );
    room.remove(queue.id());
}

#[test]
fn removal_is_told() {
    alone(|room| {
        let (queue, worker) = waiting(room, b"hello\n");
        room.remove(queue.id());
        until(
            "your client to end: the queue has been removed, and it tries again after every error",
            || worker.has_ended(),
        );
        assert!(
            worker.result().is_some_and(|result| result.is_err()),
            "the server has gone while your client waited, and it says that all is well: nobody will ever read \
             this line"
        );
    });
}
