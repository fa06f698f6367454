//! What was done, as a program would do it: in C as the book teaches it, and with the book's
//! crates.

mod c;
mod rust;

use alloc::string::{String, ToString};

use serde::Serialize;
use simulator::Errno;

use crate::command::Command;

/// A session as a program: one call after the other, with the name of the process above each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// The whole program in C.
    pub c: String,
    /// The whole program in Rust.
    pub rust: String,
}

/// What a line looks like in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) c: String,
    pub(crate) rust: String,
    /// The process whose call it is; empty where it is none.
    by: String,
    /// How many bytes of text it needs room for.
    room: usize,
    sleeps: bool,
}

/// How the line ended: what is written depends on it, so that the program goes on as the session
/// did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    Done,
    Failed(Errno),
    /// `IPC_SET` changes what `IPC_STAT` has read: already that failed.
    NotEvenRead(Errno),
    Asleep,
}

/// The code of one line. `by` is the process, `msgmax` the size of a buffer that the line does not
/// name.
pub(crate) fn of(command: &Command<'_>, by: &str, msgmax: u32, end: End) -> Code {
    let is_call = !matches!(
        command,
        Command::Use { .. } | Command::Interrupt | Command::User { .. } | Command::Limit { .. }
    );
    Code {
        c: c::lines(command, by, msgmax, end),
        rust: rust::lines(command, by, end),
        by: if is_call { by } else { "" }.to_string(),
        room: match command {
            Command::Send { text, .. } => text.size(),
            Command::Receive(wanted) => wanted.size.unwrap_or(msgmax as usize),
            _ => 0,
        },
        sleeps: end == End::Asleep,
    }
}

/// The program of a whole session.
pub(crate) fn listing(codes: &[Code]) -> Listing {
    let mut processes = codes.iter().map(|code| &code.by).filter(|process| !process.is_empty());
    let first = processes.next();
    let several = processes.any(|process| Some(process) != first);
    Listing { c: c::program(codes, several), rust: rust::program(codes, several) }
}

/// As `str::contains`, which is made to be fast and brings more of itself into the module than it
/// is worth here.
fn contains(text: &str, wanted: &str) -> bool {
    let mut parts = text.as_bytes().windows(wanted.len());
    parts.any(|part| part == wanted.as_bytes())
}
