//! One `cargo book` at a time installs, builds and takes a port: they share `target/`.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::{Context, Error, Result, anyhow};
use fs4::{FileExt, TryLockError};

/// What the book and its search index take, with room to spare.
pub const FOR_THE_BOOK: u64 = 32 << 20;

/// The right to write into the target folder, until it is dropped or this process ends.
pub struct Turn(File);

impl Turn {
    /// Waits for the `cargo book` that is at work, if there is one.
    ///
    /// # Errors
    ///
    /// Says why `target` cannot be written to.
    pub fn take(target: &Path) -> Result<Self> {
        let file = fs::create_dir_all(target)
            .and_then(|()| File::create(target.join("book.lock")))
            .map_err(|error| unwritable(target, &error))?;
        match FileExt::try_lock(&file) {
            Err(TryLockError::WouldBlock) => {
                println!("Another `cargo book` is at work here: waiting until it is ready.");
                FileExt::lock(&file).context("waiting for the other `cargo book` failed")?;
            }
            // Some network file systems have no locks. There, two at once are still a mistake.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        Ok(Self(file))
    }

    /// Runs `task`, which writes up to `bytes` into `target`. Where they do not fit, before or
    /// after, that is the error, and not what `task` makes of it.
    ///
    /// # Errors
    ///
    /// Those of `task`, and the one that says that the disk is full.
    pub fn spend<T>(
        &self,
        target: &Path,
        bytes: u64,
        task: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let fits = || self.fits(bytes).map_err(|error| unwritable(target, &error));
        fits()?;
        task().or_else(|error| fits().and(Err(error)))
    }

    /// Reserves the bytes in the file of the lock, and gives them back.
    fn fits(&self, bytes: u64) -> io::Result<()> {
        let reserved = FileExt::allocate(&self.0, bytes);
        self.0.set_len(0)?;
        match reserved {
            Err(error) if error.kind() != ErrorKind::Unsupported => Err(error),
            _ => Ok(()),
        }
    }
}

/// Why nothing can be written into a folder, and what to do.
fn unwritable(folder: &Path, error: &io::Error) -> Error {
    let why = match error.kind() {
        ErrorKind::StorageFull => "its disk is full (ENOSPC): free some space",
        ErrorKind::QuotaExceeded => "your quota on its disk is used up (EDQUOT): free some space",
        ErrorKind::ReadOnlyFilesystem => {
            "it is on a read-only file system (EROFS): clone the repository to one that is not"
        }
        ErrorKind::PermissionDenied => {
            "you may not write there (EACCES): ask its owner, or clone the repository yourself"
        }
        _ => return anyhow!("{}: cannot be written to: {error}", folder.display()),
    };
    anyhow!("{}: {why}, then run the command again", folder.display())
}
