//! What a line can ask for.

use alloc::vec::Vec;

/// A line that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// Who is to do it, if the line says so.
    pub(crate) by: Option<&'a str>,
    pub(crate) command: Command<'a>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command<'a> {
    Create { key: i32, exclusive: bool, mode: u32 },
    Open { key: i32 },
    Private { mode: u32 },
    Use { id: i32 },
    Send { message_type: i64, text: Text<'a>, nowait: bool },
    Receive(Receive),
    Stat,
    Set(Set),
    Remove,
    Interrupt,
    User { uid: u32, gid: u32 },
    Limit { which: Limit, value: u32 },
}

/// What a message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Text<'a> {
    Words(&'a str),
    /// So many times the byte [`FILLER`].
    Filler(usize),
}

pub(crate) const FILLER: u8 = b'x';

impl Text<'_> {
    pub(crate) fn bytes(self) -> Vec<u8> {
        match self {
            Text::Words(words) => words.as_bytes().to_vec(),
            Text::Filler(size) => alloc::vec![FILLER; size],
        }
    }

    pub(crate) fn size(self) -> usize {
        match self {
            Text::Words(words) => words.len(),
            Text::Filler(size) => size,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Receive {
    pub(crate) message_type: i64,
    /// msgmax if not said.
    pub(crate) size: Option<usize>,
    pub(crate) nowait: bool,
    pub(crate) except: bool,
    pub(crate) noerror: bool,
    pub(crate) copy: bool,
}

/// What `IPC_SET` is to change; the rest stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Set {
    pub(crate) qbytes: Option<u64>,
    pub(crate) mode: Option<u32>,
    pub(crate) uid: Option<u32>,
    pub(crate) gid: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    Msgmax,
    Msgmnb,
    Msgmni,
}

impl Limit {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Limit::Msgmax => "msgmax",
            Limit::Msgmnb => "msgmnb",
            Limit::Msgmni => "msgmni",
        }
    }
}
