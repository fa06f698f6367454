//! A pipe of the test's own: it hands out as little at a time as it is told, and what goes wrong
//! goes wrong when it is told to.

use super::*;
use nix::errno::Errno;

/// More looks than any message needs.
const LOOKS: usize = 50_000;

#[derive(Clone, Default)]
pub(super) struct Pipe {
    pub(super) bytes: Vec<u8>,
    /// How many of them have been read.
    pub(super) at: usize,
    /// The most that one `read` hands out; 0 is no limit.
    pub(super) most: usize,
    /// What the call with this number fails with: 1 is the first.
    pub(super) fails: Option<(usize, Errno)>,
    /// Whether a signal comes before each call that hands something out.
    pub(super) signals: bool,
    pub(super) calls: usize,
    pub(super) interrupted: bool,
}

impl Read for Pipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.calls += 1;
        if let Some((_, errno)) = self.fails.filter(|(nth, _)| *nth == self.calls) {
            return Err(errno.into());
        }
        if self.calls > LOOKS {
            return Err(Errno::ELOOP.into());
        }
        if self.signals && !self.interrupted {
            self.interrupted = true;
            return Err(Errno::EINTR.into());
        }
        self.interrupted = false;
        let most = if self.most == 0 { usize::MAX } else { self.most };
        let count = buffer.len().min(most).min(self.bytes.len() - self.at);
        buffer[..count].copy_from_slice(&self.bytes[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

impl Pipe {
    pub(super) fn with(bytes: &[u8]) -> Pipe {
        Pipe { bytes: bytes.to_vec(), ..Pipe::default() }
    }

    /// What your function returns now.
    #[track_caller]
    pub(super) fn ask(&mut self, at: &str) -> io::Result<Option<Vec<u8>>> {
        let next = yours(at, || next_message(self));
        assert!(
            self.calls <= LOOKS,
            "{at}: you call `read` again and again, {LOOKS} times, and it does not end"
        );
        next
    }
}

/// A message with its length in front.
pub(super) fn frame(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).expect("a short message");
    [&length.to_le_bytes(), bytes].concat()
}

/// What was returned, so that two can be compared: a kind, and an errno.
pub(super) fn outcome(
    next: &io::Result<Option<Vec<u8>>>,
) -> Result<Option<&[u8]>, (ErrorKind, Option<i32>)> {
    match next {
        Ok(message) => Ok(message.as_deref()),
        Err(error) => Err((error.kind(), error.raw_os_error())),
    }
}

/// What was returned, in words that fit a line.
pub(super) fn shown(next: &io::Result<Option<Vec<u8>>>) -> String {
    match next {
        Ok(Some(bytes)) if bytes.len() > 40 => format!("a message of {} bytes", bytes.len()),
        Ok(Some(bytes)) => format!("the message {:?}", String::from_utf8_lossy(bytes)),
        Ok(None) => "None".to_owned(),
        Err(error) => error
            .raw_os_error()
            .map_or(format!("{:?}", error.kind()), |errno| format!("{:?}", Errno::from_raw(errno))),
    }
}
