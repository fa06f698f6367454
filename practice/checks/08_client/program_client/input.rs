//! Inputs that stand still, come in pieces, or fail.

use super::sent::does_well;
use super::*;
use practice::{Room, alone, count, queue};
use std::io::{BufReader, ErrorKind, Read};
use support::caught;

/// What comes out of an input, piece by piece.
enum Piece {
    Bytes(&'static [u8]),
    Fails(i32),
    /// Nobody types any more: whoever reads here would wait.
    Silence,
}

/// An input that looks at the queue whenever it is read.
struct Pieces<'room> {
    room: &'room Room,
    queue: Queue,
    rest: std::vec::IntoIter<Piece>,
    /// How many messages were in the queue at each reading.
    seen: &'room std::cell::RefCell<Vec<Option<u64>>>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, memory: &mut [u8]) -> io::Result<usize> {
        self.seen.borrow_mut().push(count(self.room, self.queue.id()));
        match self.rest.next() {
            Some(Piece::Bytes(bytes)) => {
                memory[..bytes.len()].copy_from_slice(bytes);
                Ok(bytes.len())
            }
            Some(Piece::Fails(errno)) => Err(io::Error::from_raw_os_error(errno)),
            Some(Piece::Silence) => Err(ErrorKind::WouldBlock.into()),
            None => Ok(0),
        }
    }
}

type Outcome = (Result<io::Result<Report>, String>, Vec<Vec<u8>>, Vec<Option<u64>>);

/// What your client returns, sends, and how many messages there were at each reading.
fn talk_to(room: &Room, pieces: Vec<Piece>) -> Outcome {
    let queue = queue(room);
    let seen = std::cell::RefCell::default();
    let input = Pieces { room, queue, rest: pieces.into_iter(), seen: &seen };
    let ended = caught(|| talk(BufReader::new(input), queue));
    let sent = std::iter::from_fn(|| practice::receive(queue.id()));
    let sent = sent.map(|message| message.bytes).collect();
    room.remove(queue.id());
    (ended, sent, seen.take())
}

#[test]
fn line_is_sent_before_the_next_is_read() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        let (_, _, seen) = talk_to(room, vec![Piece::Bytes(b"one\n"), Piece::Bytes(b"two\n")]);
        assert!(
            seen == [Some(0), Some(1), Some(2)],
            "a line was read, and your client reads on before it has sent it: somebody types line by line, and \
             the server hears nothing until the end"
        );
        let (ended, sent, _) = talk_to(room, vec![Piece::Bytes(b"exit\n"), Piece::Silence]);
        assert!(
            matches!(ended, Ok(Ok(_))) && sent == [b"exit\0"],
            "exit is the last line, and your client goes on reading after it: it would wait for somebody who types \
             nothing more"
        );
    });
}

#[test]
fn line_in_pieces_is_one_line() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        // Another test tells about a client that reads on before it sends.
        if talk_to(room, vec![Piece::Bytes(b"one\n"), Piece::Bytes(b"two\n")]).2
            != [Some(0), Some(1), Some(2)]
        {
            return;
        }
        let pieces = [&b"he"[..], b"llo", b"\ngood", b"bye\n", b"end"];
        let (_, sent, _) = talk_to(room, pieces.map(Piece::Bytes).into());
        assert!(
            sent == [&b"hello\0"[..], b"goodbye\0", b"end\0"],
            "a line may come in pieces, as the kernel hands them over: it ends at its newline and nowhere else, and \
             your client sends {} messages of three lines",
            sent.len()
        );
    });
}

#[test]
fn error_of_reading_is_returned() {
    alone(|room| {
        if !does_well(room) {
            return;
        }
        for errno in [libc::EIO, libc::EAGAIN] {
            for half in [&b"one\n"[..], b"one\nhal"] {
                let (ended, sent, _) = talk_to(room, vec![Piece::Bytes(half), Piece::Fails(errno)]);
                let error = io::Error::from_raw_os_error(errno);
                match ended {
                    Err(said) => panic!("reading fails ({error}), and your client panics: {said}"),
                    Ok(Ok(_)) => panic!(
                        "reading fails ({error}), and your client says that all is well, as if that were the end of \
                         the input"
                    ),
                    Ok(Err(returned)) => assert!(
                        returned.raw_os_error() == Some(errno),
                        "reading fails ({error}), and your client returns another error: {returned}"
                    ),
                }
                assert!(
                    sent == [b"one\0"],
                    "reading fails after the first line ({error}), and your client has sent {} messages: that line, \
                     and nothing of one that was not read to its end",
                    sent.len()
                );
            }
        }
    });
}
