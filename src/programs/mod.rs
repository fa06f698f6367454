//! What `server` and `client` are made of. Not part of the library's interface.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use nix::errno::Errno;

mod arguments;
mod character;
pub mod client;
mod escape;
mod line_sender;
mod lines;
mod locale;
mod mailbox;
mod options;
mod output;
pub mod server;
mod shutdown;
mod slow_wait_notice;

pub use arguments::main;

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

/// Tells the user. If standard error cannot be written, there is nobody left to be told.
fn tell(program: &str, what: impl Display) {
    let _ = writeln!(io::stderr(), "{program}: {what}");
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
