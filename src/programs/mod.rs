//! What `server` and `client` are made of. Not part of the library's interface.

use std::fmt::Display;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

mod arguments;
mod character;
pub mod client;
mod closing;
mod escape;
mod line_sender;
mod lines;
mod locale;
mod mailbox;
mod oddities;
mod options;
mod orders;
mod output;
mod owners;
mod ownership;
mod patience;
mod reports;
mod requests;
mod screen;
pub mod server;
mod settle;
mod shutdown;
mod slow_wait_notice;

pub use arguments::main;
// For the dialogue of chapter 16, which is the same over another kind of queue.
pub use escape::escape;
pub use lines::{Line, Lines};
pub use options::{KeyOptions, parse_mode};
pub use requests::is_ignored;

/// How a program ends: 0 if it did as asked, 1 if something failed and a sentence has said what.
fn exit_code(program: &str, outcome: anyhow::Result<Outcome>) -> ExitCode {
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => ExitCode::FAILURE,
        Err(error) => {
            tell(program, format_args!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Tells the user.
fn tell(program: &str, what: impl Display) {
    write_stderr(format!("{program}: {what}\n").as_bytes(), A_SECOND);
}

/// In milliseconds.
const A_SECOND: u16 = 1000;

/// Writes to standard error. If that cannot be written, or takes nothing for so long, nobody is
/// left to be told: a terminal that stands still must not hold up the rest.
fn write_stderr(text: &[u8], patience: impl Into<PollTimeout>) {
    let patience = patience.into();
    let mut stderr = io::stderr().lock();
    // A pipe that is ready takes so much without a wait (PIPE_BUF).
    for piece in text.chunks(4096) {
        let ready = loop {
            let mut stream = [PollFd::new(stderr.as_fd(), PollFlags::POLLOUT)];
            match poll(&mut stream, patience) {
                Err(Errno::EINTR) => {}
                result => break result,
            }
        };
        if !matches!(ready, Ok(1)) || stderr.write_all(piece).is_err() {
            return;
        }
    }
}

/// What a program that came to its end has achieved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All that was asked.
    Done,
    /// Not all of it; each thing that was left out has been told.
    Incomplete,
}

/// One sentence: what was tried, what went wrong in plain words, the errno's name.
fn failure(tried: impl Display, explanation: &str, errno: Errno) -> anyhow::Error {
    anyhow::anyhow!("{tried}: {explanation} ({errno:?})")
}

/// The same for input and output, which std reports.
fn io_failure(tried: impl Display, error: &io::Error) -> anyhow::Error {
    match error.raw_os_error().map(Errno::from_raw) {
        Some(errno) => failure(tried, errno.desc(), errno),
        None => anyhow::anyhow!("{tried}: {error}"),
    }
}

/// The same for a thread that cannot be started.
fn thread_failure(error: &io::Error) -> anyhow::Error {
    match error.raw_os_error().map(Errno::from_raw) {
        Some(Errno::EAGAIN) => failure(
            "cannot start a thread",
            "there are as many processes and threads as may be; end some, or raise the limit (ulimit -u, or pids.max of the container)",
            Errno::EAGAIN,
        ),
        _ => io_failure("cannot start a thread", error),
    }
}
