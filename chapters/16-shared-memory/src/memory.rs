//! A piece of memory that several processes have: mapped from a file that exists in memory only.

use std::num::NonZeroUsize;
use std::os::fd::AsFd;
use std::ptr::NonNull;
use std::slice;

use nix::errno::Errno;
use nix::fcntl::posix_fallocate;
use nix::sys::mman::{MapFlags, ProtFlags, mmap, munmap};
use nix::sys::stat::fstat;

/// What may lie in memory that another process writes at any time.
///
/// # Safety
///
/// The type is made of atomics and `UnsafeCell`s, so that a reference to it promises nothing about
/// the bytes, and each pattern of bytes is a value of it. What pads it is never accessed.
pub(crate) unsafe trait Shared: Sync {}

// SAFETY: it is an atomic, and each pattern is a number.
unsafe impl Shared for std::sync::atomic::AtomicU64 {}

/// A mapping; unmapped when it is dropped.
#[derive(Debug)]
pub(crate) struct Memory {
    start: NonNull<u8>,
    length: usize,
}

// SAFETY: the mapping belongs to the process and not to a thread.
unsafe impl Send for Memory {}
// SAFETY: `&Memory` gives access to `Shared` types only, which threads may share as processes do.
unsafe impl Sync for Memory {}

impl Memory {
    /// Gives the file this many bytes, which are really there afterwards, and maps it.
    ///
    /// `ftruncate` would promise the bytes and not keep them: where a full `/dev/shm` has none
    /// left, the first touch is a SIGBUS. `posix_fallocate` fails with `ENOSPC` here and now.
    pub(crate) fn allocate(file: impl AsFd, length: usize) -> nix::Result<Memory> {
        let size = length.try_into().map_err(|_| Errno::EFBIG)?;
        while let Err(errno) = posix_fallocate(&file, 0, size) {
            if errno != Errno::EINTR {
                return Err(errno);
            }
        }
        Memory::map(file)
    }

    /// Maps the whole file, however long it is.
    ///
    /// It must not become shorter from now on: see `sealed.rs` for those who cannot be trusted
    /// with that.
    pub(crate) fn map(file: impl AsFd) -> nix::Result<Memory> {
        let length = usize::try_from(fstat(&file)?.st_size).map_err(|_| Errno::EFBIG)?;
        // An empty file has been made a moment ago, or by somebody who died then.
        let size = NonZeroUsize::new(length).ok_or(Errno::EAGAIN)?;
        let both = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        // SAFETY: the kernel chooses the place (`None`), so no other mapping is replaced; the bytes
        // are reached as `Shared` types alone, which somebody else may write at any time.
        let start = unsafe { mmap(None, size, both, MapFlags::MAP_SHARED, file, 0) }?;
        Ok(Memory { start: start.cast(), length })
    }

    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// What lies at this offset.
    ///
    /// # Panics
    ///
    /// If it does not lie in the mapping as a whole, or is not aligned: a mistake of ours, for
    /// whatever comes from outside has been checked.
    pub(crate) fn at<T: Shared>(&self, offset: usize) -> &T {
        &self.slice(offset, 1)[0]
    }

    /// So many of them.
    ///
    /// # Panics
    ///
    /// As for [`at`](Memory::at).
    pub(crate) fn slice<T: Shared>(&self, offset: usize, count: usize) -> &[T] {
        let end = count.checked_mul(size_of::<T>()).and_then(|size| size.checked_add(offset));
        assert!(end.is_some_and(|end| end <= self.length), "it is in the mapping");
        // SAFETY: `offset <= end <= length`, so the pointer stays in the mapping or at its end.
        let start = unsafe { self.start.add(offset) }.cast::<T>();
        assert!(start.is_aligned(), "the layout keeps to the alignment");
        // SAFETY: aligned, and `count` of them end within the mapping (both checked above), which
        // lives as long as `self`. `T: Shared` is valid whatever the bytes are, and a shared
        // reference to it does not promise that nobody writes them.
        unsafe { slice::from_raw_parts(start.as_ptr(), count) }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: this is the mapping that `mmap` returned, and every reference into it has
        // borrowed `self` and ended.
        let unmapped = unsafe { munmap(self.start.cast(), self.length) };
        debug_assert_eq!(unmapped, Ok(()), "a mapping can be unmapped");
    }
}
