//! Step 1, key setup: the number that both sides agree on.
//!
//! Two programs that have never met find the same queue because they ask the kernel for the
//! same *key*. A [`Key`] is that number, with the one value taken out that would not work:
//! 0 is `IPC_PRIVATE`, which means "a new queue that nobody can look up".
//!
//! ```
//! use ch01_key_setup::Key;
//!
//! let key: Key = "1234".parse()?;
//! assert_eq!(key.to_string(), "0x000004d2"); // as `ipcs -q` prints it
//! assert_eq!(key, "0x4d2".parse()?);
//! # Ok::<(), ch01_key_setup::ParseKeyError>(())
//! ```
//!
//! # Limits
//!
//! A key is an agreement, not a reservation. Nothing stops an unrelated program from using the
//! same number, and [`Key::from_file`] makes such accidents rarer, not impossible: it keeps 16
//! bits of the inode number, so two files of one file system collide once in 65,536 pairs.

#![forbid(unsafe_code)]

mod parse;
mod platform;
mod random;

use std::fmt;
use std::num::NonZero;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use nix::errno::Errno;

pub use parse::ParseKeyError;

// ANCHOR: key
/// What both sides agree on: the number under which a queue is looked up. Never 0.
///
/// Displayed as `ipcs -q` prints it, `0x000004d2`; parsed from `1234` or `0x4d2`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "key_t")]
pub struct Key(NonZero<libc::key_t>);

impl Key {
    /// The key with this number, or `None` for 0.
    ///
    /// 0 is `IPC_PRIVATE`: the kernel makes a new queue each time it sees it. Negative numbers
    /// are keys like any other.
    #[must_use]
    pub const fn new(raw: libc::key_t) -> Option<Key> {
        match NonZero::new(raw) {
            Some(raw) => Some(Key(raw)),
            None => None,
        }
    }

    /// The number that the system calls take.
    #[must_use]
    pub const fn raw(self) -> libc::key_t {
        self.0.get()
    }
}
// ANCHOR_END: key

impl Key {
    // ANCHOR: from_file
    /// The key that `ftok(path, project)` makes of a file that both sides know.
    ///
    /// The file is looked at, not read: what counts is its place (the low 16 bits of the inode
    /// number, the low 8 of the device number) and `project`, 1 to 255, which tells apart several
    /// queues that hang on one file. Replacing the file gives it a new inode, and so a new key.
    ///
    /// # Errors
    ///
    /// `ENOENT`, `EACCES`, `ENOTDIR`, `ELOOP`: the file cannot be looked at; both sides need one
    /// that exists and stays. `EINVAL`: `project` is 0, which POSIX leaves undefined, or the path
    /// contains a NUL byte. See ftok(3).
    #[doc(alias = "ftok")]
    pub fn from_file(path: impl AsRef<Path>, project: u8) -> nix::Result<Key> {
        let project = NonZero::new(project).ok_or(Errno::EINVAL)?;
        let file = std::fs::metadata(path)
            .map_err(|error| Errno::try_from(error).unwrap_or(Errno::EINVAL))?;
        let raw = u32::from(project.get()) << 24
            | ((file.dev() & 0xff) as u32) << 16
            | (file.ino() & 0xffff) as u32;
        // The top byte is `project`, so the sum is never 0.
        Key::new(raw as i32 as libc::key_t).ok_or(Errno::EINVAL)
    }
    // ANCHOR_END: from_file
}

// ANCHOR: display
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#010x}", self.raw())
    }
}
// ANCHOR_END: display

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}
