//! Where the queue and the journal are.

use std::path::Path;

use anyhow::anyhow;
use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use ch15_beyond::{Journal, JournalError, Window};
use nix::errno::Errno;
use streams::report;

use super::explain;
use crate::place;

/// The queue with this key; it is made if there is none, as by `server`.
pub(super) fn queue(key: Key, mode: Mode) -> anyhow::Result<Queue> {
    let opened = match Queue::open_for(key, Mode::S_IRUSR) {
        Err(Errno::ENOENT) => Queue::create(key, mode),
        opened => opened,
    };
    opened.map_err(|errno| {
        let words = ch02_create::explain(errno);
        anyhow!("cannot use the message queue with key {key}: {words} ({errno:?})")
    })
}

/// The journal of the queue with this key.
pub(super) fn journal(directory: Option<&Path>, key: Key) -> anyhow::Result<Journal> {
    let directory = match directory {
        Some(directory) => directory.to_owned(),
        None => place::usual("journal")?,
    };
    Journal::open(&directory, key).map_err(explain::journal)
}

/// What the journal holds. One that is not whole is reported, and holds nothing.
pub(super) fn read(journal: &Journal) -> anyhow::Result<Option<(Window, usize)>> {
    match journal.read() {
        Err(error @ JournalError::Damaged(_)) => {
            report(format_args!("bridge: {}", explain::journal(error)));
            Ok(None)
        }
        read => read.map_err(explain::journal),
    }
}
