//! The two streams, unbuffered, which wait where another program has made them non-blocking.

use std::fmt::Display;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigHandler, Signal, signal};
use nix::unistd::{read, write};

use crate::{Error, start};

/// Standard input, unbuffered: put it into a [`BufReader`](io::BufReader).
///
/// It is a terminal if `input.as_fd().is_terminal()`.
#[derive(Debug)]
pub struct Input(io::Stdin);

/// Standard output, unbuffered: collect a line before you write it.
#[derive(Debug)]
pub struct Output(io::Stdout);

/// Standard input, if it can be read.
///
/// # Errors
///
/// It was closed when the program started, or was not open for reading.
pub fn stdin() -> Result<Input, Error> {
    match start::flags(0).map(|flags| flags & libc::O_ACCMODE) {
        Some(libc::O_RDONLY | libc::O_RDWR) => Ok(Input(io::stdin())),
        Some(_) => Err(Error::STDIN_UNREADABLE),
        None => Err(Error::STDIN_CLOSED),
    }
}

/// Standard output, if it can be written.
///
/// Calls [`report_file_size_limit`].
///
/// # Errors
///
/// It was closed when the program started, or was not open for writing.
pub fn stdout() -> Result<Output, Error> {
    match start::flags(1).map(|flags| flags & libc::O_ACCMODE) {
        Some(libc::O_WRONLY | libc::O_RDWR) => {
            report_file_size_limit();
            Ok(Output(io::stdout()))
        }
        Some(_) => Err(Error::STDOUT_UNWRITABLE),
        None => Err(Error::STDOUT_CLOSED),
    }
}

/// Makes a limit of file sizes (`ulimit -f`) an error of `write`, `EFBIG`, where SIGXFSZ would end
/// the program without a word. It holds for every file, standard error among them.
///
/// SIGPIPE is ignored by Rust's runtime already, so that nobody reads any more is `EPIPE`.
pub fn report_file_size_limit() {
    // SAFETY: ignoring a signal installs no handler, so no code of ours ever runs in one.
    let done = unsafe { signal(Signal::SIGXFSZ, SigHandler::SigIgn) };
    done.expect("SIGXFSZ exists and can be ignored");
}

/// Reports a line on standard error, and waits for that like [`Output`].
///
/// If it cannot be written, nobody is left to be told: the program's exit status has to say it.
pub fn report(line: impl Display) {
    report_file_size_limit();
    let _ = Diagnostics.write_all(format!("{line}\n").as_bytes());
}

impl Output {
    /// Writes a line in one piece.
    ///
    /// # Errors
    ///
    /// As for [`Write::write_all`]; part of the line may have been written.
    pub fn line(&mut self, line: impl Display) -> io::Result<()> {
        self.write_all(format!("{line}\n").as_bytes())
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        patiently(self.as_fd(), PollFlags::POLLIN, || read(&self.0, buffer))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        patiently(self.as_fd(), PollFlags::POLLOUT, || write(&self.0, bytes))
    }

    /// Nothing to do: nothing is buffered.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Standard error, which is used as it is found.
struct Diagnostics;

impl Write for Diagnostics {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let stderr = io::stderr();
        patiently(stderr.as_fd(), PollFlags::POLLOUT, || write(&stderr, bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Repeats a call until it is not interrupted and need not wait.
fn patiently(
    stream: BorrowedFd<'_>,
    event: PollFlags,
    mut call: impl FnMut() -> nix::Result<usize>,
) -> io::Result<usize> {
    loop {
        match call() {
            Ok(bytes) => return Ok(bytes),
            Err(Errno::EINTR) => {}
            Err(Errno::EAGAIN) => {
                match poll(&mut [PollFd::new(stream, event)], PollTimeout::NONE) {
                    Ok(_) | Err(Errno::EINTR) => {}
                    Err(errno) => return Err(errno.into()),
                }
            }
            Err(errno) => return Err(errno.into()),
        }
    }
}

impl AsFd for Input {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl AsFd for Output {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}
