//! The file of a spool: records that are appended at its end and forgotten from its beginning.
//!
//! | bytes | |
//! | --- | --- |
//! | 8 | [`MAGIC`]: this file is a spool |
//! | 8 | where the first record starts that is not forgotten |
//! | | the records: type (a C `long`), length (8 bytes), as many bytes |
//!
//! Whatever moment the program is killed at, the file can be used: a record that is not whole is
//! the last one, and nobody has been told that it was accepted. Numbers are in the byte order of
//! the machine, which the queue does not leave either.

use std::ffi::c_long;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use ch03_structure::MessageType;
use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

const MAGIC: &[u8; 8] = b"ch10spol";
const NEXT: u64 = 8;
const BEGIN: u64 = 16;
const TYPE: u64 = size_of::<c_long>() as u64;
const HEADER: u64 = TYPE + 8;

#[derive(Debug)]
pub(super) struct Records {
    file: Flock<File>,
    /// Where the first record starts.
    next: u64,
    /// Where the last one ends.
    end: u64,
}

impl Records {
    pub(super) fn open(path: &Path) -> nix::Result<Records> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let file = options.open(path).map_err(errno)?;
        let lock = Flock::lock(file, FlockArg::LockExclusiveNonblock);
        let file = lock.map_err(|(_, errno)| match errno {
            Errno::EWOULDBLOCK => Errno::EBUSY,
            other => other,
        })?;
        let mut records = Records { file, next: BEGIN, end: BEGIN };
        records.recover()?;
        Ok(records)
    }

    /// Goes on where the last one stopped, at whatever moment that was.
    fn recover(&mut self) -> nix::Result<()> {
        let length = self.file.metadata().map_err(errno)?.len();
        if length == 0 {
            self.write(MAGIC, 0)?;
            return self.write(&BEGIN.to_ne_bytes(), NEXT);
        }
        if self.read(0).as_ref() != Ok(MAGIC) {
            return Err(Errno::EBADMSG);
        }
        // Missing: it was stopped after its first write. Past the end: before its last one.
        self.next = self.read(NEXT).map_or(BEGIN, u64::from_ne_bytes).max(BEGIN);
        self.end = self.next;
        while let Some((_, size)) = self.header(self.end) {
            let end = self.end.saturating_add(HEADER).saturating_add(size);
            if end > length {
                break;
            }
            self.end = end;
        }
        // Away with a piece, or up to where the next record goes.
        self.file.set_len(self.end).map_err(errno)
    }

    /// The first record.
    pub(super) fn first(&self) -> nix::Result<Option<(MessageType, Vec<u8>)>> {
        if self.next == self.end {
            return Ok(None);
        }
        let (message_type, size) = self.header(self.next).ok_or(Errno::EBADMSG)?;
        let mut bytes = vec![0; usize::try_from(size).map_err(|_| Errno::EBADMSG)?];
        self.file.read_exact_at(&mut bytes, self.next + HEADER).map_err(errno)?;
        Ok(Some((message_type, bytes)))
    }

    /// Forgets the first record, whose message has so many bytes.
    pub(super) fn forget_first(&mut self, size: usize) -> nix::Result<()> {
        self.next += HEADER + size as u64;
        if self.next == self.end {
            // The file first: what `next` says then is past its end, so there are no records.
            self.file.set_len(BEGIN).map_err(errno)?;
            (self.next, self.end) = (BEGIN, BEGIN);
        }
        self.write(&self.next.to_ne_bytes(), NEXT)
    }

    pub(super) fn append(&mut self, message_type: MessageType, bytes: &[u8]) -> nix::Result<()> {
        let size = (bytes.len() as u64).to_ne_bytes();
        let record = [&message_type.raw().to_ne_bytes()[..], &size, bytes].concat();
        if let Err(errno) = self.write(&record, self.end) {
            // A piece of a record that is followed by another one would be read as one.
            self.file.set_len(self.end).map_err(self::errno)?;
            return Err(errno);
        }
        self.end += record.len() as u64;
        Ok(())
    }

    /// Type and size of the record that starts here; `None` if none does.
    fn header(&self, at: u64) -> Option<(MessageType, u64)> {
        let number = self.read(at).map(c_long::from_ne_bytes).ok().and_then(MessageType::new)?;
        let size = self.read(at + TYPE).map(u64::from_ne_bytes).ok()?;
        Some((number, size))
    }

    fn read<const SIZE: usize>(&self, at: u64) -> nix::Result<[u8; SIZE]> {
        let mut bytes = [0; SIZE];
        self.file.read_exact_at(&mut bytes, at).map_err(errno)?;
        Ok(bytes)
    }

    fn write(&self, bytes: &[u8], at: u64) -> nix::Result<()> {
        self.file.write_all_at(bytes, at).map_err(errno)
    }
}

/// What the kernel said; a file that ends too early it has no word for.
fn errno(error: io::Error) -> Errno {
    error.raw_os_error().map_or(Errno::EIO, Errno::from_raw)
}
