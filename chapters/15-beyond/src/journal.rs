//! The window on the disk: what the next bridge knows when this one is killed.
//!
//! Three files in a directory, named by the queue's key: `KEY.journal`, which is replaced whole
//! for each window; `KEY.new`, on the way to becoming that; `KEY.lock`, which the bridge and its
//! helper hold locked.
//!
//! | bytes | |
//! | --- | --- |
//! | 8 | [`MAGIC`] |
//! | 8 | the note: how many of the messages are taken; the only part that changes |
//! | 16 | epoch, number of the first message |
//! | 8 | 1: they are in a queue. Then its origin, `before`, the two takers |
//! | 8 | how many messages; for each its type, its length, its bytes |
//! | 8 | [`MAGIC`] again: nothing is missing |
//!
//! Numbers have 8 bytes, in the byte order of the machine.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use ch01_key_setup::Key;

use crate::Window;

mod format;

/// Where the note is.
const NOTE: u64 = format::MAGIC.len() as u64;

/// How long what is left of a killed bridge has to end: its helper has a call to finish.
const GRACE: Duration = Duration::from_secs(2);

/// Why a journal cannot be used.
#[derive(Debug)]
pub enum JournalError {
    /// Another bridge has it.
    Busy,
    /// This file is not a whole journal. A killed bridge leaves none like that; a machine that
    /// lost its power may.
    Damaged(PathBuf),
    /// A call on this file failed.
    Io(PathBuf, io::Error),
}

/// The journal of one queue. While it is open nobody else can open it.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    lock: File,
    /// The file with the window.
    file: Option<File>,
}

impl Journal {
    /// Opens the journal of the queue with this key; the directory is made if there is none, for
    /// its owner alone.
    ///
    /// # Errors
    ///
    /// [`JournalError::Busy`] and [`JournalError::Io`].
    pub fn open(directory: &Path, key: Key) -> Result<Journal, JournalError> {
        let path = directory.join(key.to_string());
        let failed = |error| JournalError::Io(path.clone(), error);
        DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(failed)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).mode(0o600);
        let lock = options.open(path.with_extension("lock")).map_err(failed)?;
        let end = Instant::now() + GRACE;
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Journal { path, lock, file: None }),
                Err(TryLockError::WouldBlock) if Instant::now() < end => {
                    sleep(Duration::from_millis(10));
                }
                Err(TryLockError::WouldBlock) => return Err(JournalError::Busy),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }

    /// The locked file, for the helper: as long as it is open, the journal is.
    ///
    /// # Errors
    ///
    /// There are no more descriptors.
    pub fn lock(&self) -> io::Result<File> {
        self.lock.try_clone()
    }

    /// The window that the last bridge was at, and how many of its messages are noted as taken.
    ///
    /// # Errors
    ///
    /// [`JournalError::Damaged`] and [`JournalError::Io`].
    pub fn read(&self) -> Result<Option<(Window, usize)>, JournalError> {
        let path = self.path.with_extension("journal");
        match fs::read(&path) {
            Ok(bytes) => format::decode(&bytes).map(Some).ok_or(JournalError::Damaged(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(JournalError::Io(path, error)),
        }
    }

    // ANCHOR: write
    /// Replaces the window by this one, none of whose messages is taken.
    ///
    /// Killed at whatever moment, the bridge leaves the whole old window or the whole new one:
    /// another file takes the old one's name. It is not synchronised (fsync(2)): that
    /// would help when the machine stops, and then the queue itself is gone.
    ///
    /// # Errors
    ///
    /// [`JournalError::Io`]: the disk is full, say. The old window is still there.
    pub fn write(&mut self, window: &Window) -> Result<(), JournalError> {
        let (new, path) = (self.path.with_extension("new"), self.path.with_extension("journal"));
        let write = || {
            let mut options = OpenOptions::new();
            let file = options.write(true).create(true).truncate(true).mode(0o600).open(&new)?;
            file.write_all_at(&format::encode(window), 0)?;
            fs::rename(&new, &path)?;
            Ok(file)
        };
        let file = write().map_err(|error| JournalError::Io(new.clone(), error))?;
        self.file = Some(file);
        Ok(())
    }

    /// Notes how many of the window's messages are taken: eight bytes, in one piece.
    ///
    /// # Errors
    ///
    /// [`JournalError::Io`].
    pub fn note(&self, taken: usize) -> Result<(), JournalError> {
        let file = self.file.as_ref().expect("a window has been written");
        file.write_all_at(&(taken as u64).to_ne_bytes(), NOTE)
            .map_err(|error| JournalError::Io(self.path.with_extension("journal"), error))
    }
    // ANCHOR_END: write
}
