//! What is wrong with a stream, in words for the person who meets it.

use std::fmt;
use std::io;

use nix::errno::Errno;

/// Why a standard stream cannot be used: it was closed, or open the wrong way round, when the
/// program started.
///
/// Displayed as a sentence without a full stop that says what is wrong and what to do. As an
/// [`io::Error`] it is the errno that the first read or write would have met, `EBADF`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error(pub(crate) &'static str);

impl Error {
    pub(crate) const STDIN_CLOSED: Error = Error(
        "standard input is closed; give it a file, a pipe or a terminal, or /dev/null if there is nothing to read (EBADF)",
    );
    pub(crate) const STDIN_UNREADABLE: Error =
        Error("standard input is not open for reading; redirect it with <, not with > (EBADF)");
    pub(crate) const STDOUT_CLOSED: Error = Error(
        "standard output is closed; give it a file, a pipe or a terminal, or /dev/null if nobody needs it (EBADF)",
    );
    pub(crate) const STDOUT_UNWRITABLE: Error =
        Error("standard output is not open for writing; redirect it with >, not with < (EBADF)");
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Error {}

impl From<Error> for io::Error {
    fn from(_: Error) -> io::Error {
        Errno::EBADF.into()
    }
}

/// What went wrong when a stream was read or written, what to do about it, and the errno's name.
///
/// One clause without a full stop, to be put after "what was tried: ".
#[must_use]
pub fn explain(error: &io::Error) -> String {
    let Some(errno) = error.raw_os_error().map(Errno::from_raw) else {
        return error.to_string();
    };
    let words = match errno {
        Errno::EPIPE => "the program that was reading it has ended",
        Errno::ENOSPC => "the disk is full; free some space, or write elsewhere",
        Errno::EDQUOT => "your quota of the disk is used up; free some space, or write elsewhere",
        Errno::EFBIG => {
            "the file may not grow any more; raise its limit (ulimit -f), or write elsewhere"
        }
        Errno::EIO => "the device failed, or its terminal has gone",
        Errno::EISDIR => "it is a directory; give it a file, a pipe or a terminal",
        other => other.desc(),
    };
    format!("{words} ({errno:?})")
}
