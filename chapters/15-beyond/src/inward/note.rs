//! Which message of the stream has been put into the queue last.
//!
//! A broker that is killed forgets acknowledgements, and what was acknowledged since it last wrote
//! them down comes again: all of it. A bridge that lives knows better; so does the next one, from
//! this note.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::Read;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use async_nats::datetime::{DateTime, from_nanos};

/// A message's place in the stream: its number, and when the stream got it.
///
/// A number alone is not enough: a broker whose machine has lost its power has lost its latest
/// messages, and gives their numbers away again, later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) number: u64,
    pub(crate) published: DateTime,
}

impl Place {
    /// Whether it is the same place as that one, or before it.
    pub(crate) fn is_not_after(self, other: Place) -> bool {
        self.number <= other.number && self.published <= other.published
    }
}

/// The note, in a file that no other bridge has meanwhile.
#[derive(Debug)]
pub(crate) struct Note {
    path: PathBuf,
    file: File,
    /// When the stream was made: another one of the same name has other messages.
    stream: DateTime,
    last: Option<Place>,
}

impl Note {
    /// Opens the note about a stream that was made at this time, or begins one.
    pub(crate) fn open(path: PathBuf, stream: DateTime) -> anyhow::Result<Note> {
        let folder = path.parent().unwrap_or(Path::new("/"));
        let mut file = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .and_then(|()| {
                let mut options = OpenOptions::new();
                options.read(true).write(true).create(true).mode(0o600).open(&path)
            })
            .with_context(|| format!("cannot open the note {}", path.display()))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => bail!(
                "another bridge is at work with the note {}: stop it, or name another note with --note",
                path.display()
            ),
            Err(TryLockError::Error(error)) => {
                return Err(error).context(format!("cannot lock the note {}", path.display()));
            }
        }
        let mut text = String::new();
        file.read_to_string(&mut text)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let last = parse(&text).ok_or_else(|| {
            anyhow!(
                "{} is not a note of the bridge's; remove it, or name another one with --note: what the \
                 broker has forgotten may then come twice",
                path.display()
            )
        })?;
        let last = last.filter(|(noted, _)| *noted == stream).map(|(_, last)| last);
        let mut note = Note { path, file, stream, last };
        // If the disk is full, it is found out before a message has gone into the queue.
        note.write(last.unwrap_or(Place { number: 0, published: stream }))?;
        Ok(note)
    }

    pub(crate) fn last(&self) -> Option<Place> {
        self.last
    }

    /// Notes that this message, and all before it, are in the queue.
    ///
    /// It is one write of a few bytes, which a kill does before or after, and not half. It is not
    /// synchronised (fsync(2)): a machine that goes down takes the queue along.
    pub(crate) fn write(&mut self, last: Place) -> anyhow::Result<()> {
        let nanoseconds = |time: DateTime| time.unix_timestamp_nanos();
        let line = format!(
            "{:20} {:20} {:20}\n",
            nanoseconds(self.stream),
            last.number,
            nanoseconds(last.published)
        );
        let written = self.file.write_all_at(line.as_bytes(), 0);
        written.map_err(|error| {
            let words = streams::explain(&error);
            anyhow!("cannot write to the note {}: {words}", self.path.display())
        })?;
        self.last = Some(last);
        Ok(())
    }
}

/// The stream and the place in a note, none in an empty one. `None`: it is something else.
fn parse(text: &str) -> Option<Option<(DateTime, Place)>> {
    if text.is_empty() {
        return Some(None);
    }
    let mut words = text.split_ascii_whitespace();
    let mut number = || words.next()?.parse::<i128>().ok();
    let stream = from_nanos(number()?).ok()?;
    let (number, published) = (u64::try_from(number()?).ok()?, from_nanos(number()?).ok()?);
    words.next().is_none().then_some(Some((stream, Place { number, published })))
}
