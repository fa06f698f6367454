//! What tells a process from the copies that fork(2) makes of it.
//!
//! The process id is not enough: in a new pid namespace the child of a process 1 is process 1 too.
//! Linux (since 4.14) can do better: memory marked `MADV_WIPEONFORK` is blank in every child that
//! has memory of its own, however it was made, through the C library or past it. What was written
//! there before is then a sign of the parent alone. A child that shares its parent's memory
//! (vfork(2)) is told apart by its id.
//!
//! # Limits
//!
//! Where memory cannot be marked (FreeBSD, an older Linux, some sandboxes) the id alone decides,
//! and so it does between a process and a child that shares its memory *and* has the same number in
//! a pid namespace of its own.

use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// One process; no copy of it is equal. For what must not be used after fork(2).
///
/// Linux knows each copy (since 4.14); FreeBSD goes by the process id alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Process {
    id: u32,
    /// Counts the processes that have asked, from parent to child; 0 where that cannot be seen.
    generation: u32,
}

impl Process {
    /// The process that asks. Allocates nothing and takes no lock: a forked child may ask.
    #[must_use]
    pub fn current() -> Process {
        Process { id: process::id(), generation: page().map_or(0, generation) }
    }
}

/// The number on the page, or, if it is blank, one that no ancestor has.
fn generation(page: &AtomicU32) -> u32 {
    /// The last number given. A child inherits it.
    static LAST: AtomicU32 = AtomicU32::new(0);

    match page.load(Ordering::Relaxed) {
        0 => {
            let next = LAST.fetch_add(1, Ordering::Relaxed) + 1;
            let first = page.compare_exchange(0, next, Ordering::Relaxed, Ordering::Relaxed);
            first.map_or_else(|others| others, |_| next)
        }
        given => given,
    }
}

#[cfg(target_os = "linux")]
use wiped::page;

#[cfg(not(target_os = "linux"))]
fn page() -> Option<&'static AtomicU32> {
    None
}

#[cfg(target_os = "linux")]
mod wiped {
    //! The page that is blank in every child.

    use std::num::NonZero;
    use std::ptr;
    use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

    use nix::sys::mman::{MapFlags, MmapAdvise, ProtFlags, madvise, mmap_anonymous, munmap};

    /// The page, made by the first who asks; `None` where memory cannot be marked.
    pub(super) fn page() -> Option<&'static AtomicU32> {
        static PAGE: AtomicPtr<AtomicU32> = AtomicPtr::new(ptr::null_mut());

        if PAGE.load(Ordering::Acquire).is_null() {
            let page = map().ok()?;
            let first =
                PAGE.compare_exchange(ptr::null_mut(), page, Ordering::AcqRel, Ordering::Acquire);
            if first.is_err() {
                unmap(page);
            }
        }
        // SAFETY: not null, so it is a page that `map` has made, aligned and zeroed, which is valid
        // for an `AtomicU32`. It is never unmapped once it is here; a fork only makes it blank.
        unsafe { PAGE.load(Ordering::Acquire).as_ref() }
    }

    /// Memory of one number; the kernel makes a page of it.
    const SIZE: NonZero<usize> = NonZero::new(size_of::<AtomicU32>()).unwrap();

    fn map() -> nix::Result<*mut AtomicU32> {
        let access = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        // SAFETY: without MAP_FIXED the kernel chooses addresses that nothing else uses.
        let page = unsafe { mmap_anonymous(None, SIZE, access, MapFlags::MAP_PRIVATE) }?;
        // SAFETY: the page is ours alone, and a child that finds it blank finds a valid number.
        let marked = unsafe { madvise(page, SIZE.get(), MmapAdvise::MADV_WIPEONFORK) };
        match marked {
            Ok(()) => Ok(page.as_ptr().cast()),
            Err(errno) => {
                unmap(page.as_ptr().cast());
                Err(errno)
            }
        }
    }

    fn unmap(page: *mut AtomicU32) {
        let page = ptr::NonNull::new(page).expect("the kernel maps nothing at address 0");
        // SAFETY: `map` made it, it has these addresses, and nobody has been given a reference.
        let done = unsafe { munmap(page.cast(), SIZE.get()) };
        done.expect("what was mapped can be unmapped");
    }
}
