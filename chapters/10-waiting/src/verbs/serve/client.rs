//! One client of the socket, and the line that it has begun.

use std::io::{self, Read};
use std::net::Shutdown;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;

use streams::Failure;

/// A client that sends more without a newline is not heard any longer.
const LONGEST_LINE: usize = 8192;
/// So much is read before it is somebody else's turn.
const AT_ONCE: usize = 4096;

pub(super) struct Client {
    /// Counted from 1.
    number: usize,
    stream: UnixStream,
    /// What has come of a line that has no end yet.
    line: Vec<u8>,
}

impl Client {
    /// The stream must not block.
    pub(super) fn new(number: usize, stream: UnixStream) -> Client {
        Client { number, stream, line: Vec::new() }
    }

    /// Reads what is there, once, and prints the lines that are complete with it. A line that is
    /// not complete is kept, and nobody waits for the rest of it.
    ///
    /// False: the client has gone, or is not heard any longer.
    pub(super) fn read(
        &mut self,
        mut print: impl FnMut(String) -> Result<(), Failure>,
    ) -> Result<bool, Failure> {
        let mut bytes = [0; AT_ONCE];
        let read = match self.stream.read(&mut bytes) {
            Ok(read) => read,
            Err(error) if is_for_later(&error) => return Ok(true),
            Err(_) => 0, // it has gone in some other way
        };
        self.line.extend(&bytes[..read]);
        while let Some(end) = self.line.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.line.drain(..=end).collect();
            print(format!("socket {}: \"{}\"", self.number, line[..end].escape_ascii()))?;
        }
        let is_open = read > 0 && self.line.len() <= LONGEST_LINE;
        if !is_open && !self.line.is_empty() {
            let line = self.line.escape_ascii();
            print(format!("socket {}: \"{line}\" and no newline", self.number))?;
        }
        Ok(is_open)
    }

    /// Prints what the client has sent until now, complete or not.
    pub(super) fn finish(
        mut self,
        mut print: impl FnMut(String) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        // Nothing more can be sent, so what is there comes to an end.
        let _ = self.stream.shutdown(Shutdown::Read);
        while self.read(&mut print)? {}
        Ok(())
    }
}

/// Nothing is there after all, or a signal came first.
fn is_for_later(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

impl AsFd for Client {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}
