//! A mutex of the C library's in memory that forked processes share.

use std::ffi::c_int;
use std::mem::MaybeUninit;
use std::ptr::{NonNull, null_mut};

use nix::errno::Errno;

/// A mutex that does not block forever when its owner has died. Each function returns 0 or the
/// number of an error, as C's do; `errno` has nothing to do with it.
pub trait RobustMutex {
    /// pthread_mutex_lock(3)
    fn lock(&self) -> c_int;
    /// pthread_mutex_consistent(3)
    fn consistent(&self) -> c_int;
    /// pthread_mutex_unlock(3)
    fn unlock(&self) -> c_int;
}

/// One mutex, in memory of its own.
#[derive(Debug)]
pub struct ProcessMutex(NonNull<libc::pthread_mutex_t>);

impl ProcessMutex {
    /// A mutex that nobody has; robust, or as they usually are.
    ///
    /// # Panics
    ///
    /// When there is no memory.
    #[must_use]
    pub fn new(robust: bool) -> ProcessMutex {
        let memory = shared_memory(size_of::<libc::pthread_mutex_t>());
        let mut attributes = MaybeUninit::uninit();
        // SAFETY: it writes the structure at the pointer, where there is room for one.
        zero(unsafe { libc::pthread_mutexattr_init(attributes.as_mut_ptr()) });
        let shared = libc::PTHREAD_PROCESS_SHARED;
        // SAFETY: the attributes have been initialised.
        zero(unsafe { libc::pthread_mutexattr_setpshared(attributes.as_mut_ptr(), shared) });
        let kind = if robust { libc::PTHREAD_MUTEX_ROBUST } else { libc::PTHREAD_MUTEX_STALLED };
        // SAFETY: the attributes have been initialised.
        zero(unsafe { libc::pthread_mutexattr_setrobust(attributes.as_mut_ptr(), kind) });
        // SAFETY: the memory is large enough, aligned to a page, and nobody else's.
        zero(unsafe { libc::pthread_mutex_init(memory.cast().as_ptr(), attributes.as_ptr()) });
        ProcessMutex(memory.cast())
    }

    /// pthread_mutex_trylock(3)
    pub fn try_lock(&self) -> c_int {
        // SAFETY: the mutex was initialised, and its memory is never given back.
        unsafe { libc::pthread_mutex_trylock(self.0.as_ptr()) }
    }
}

impl RobustMutex for ProcessMutex {
    fn lock(&self) -> c_int {
        // SAFETY: as for `try_lock`.
        unsafe { libc::pthread_mutex_lock(self.0.as_ptr()) }
    }

    fn consistent(&self) -> c_int {
        // SAFETY: as for `try_lock`. For a mutex in another state it returns EINVAL.
        unsafe { libc::pthread_mutex_consistent(self.0.as_ptr()) }
    }

    fn unlock(&self) -> c_int {
        // SAFETY: as for `try_lock`. A robust one that is not ours is EPERM.
        unsafe { libc::pthread_mutex_unlock(self.0.as_ptr()) }
    }
}

/// Memory that this process and those it forks share, until the last of them ends.
///
/// # Panics
///
/// When there is none.
#[must_use]
pub fn shared_memory(bytes: usize) -> NonNull<u8> {
    let (access, kind) =
        (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_SHARED | libc::MAP_ANONYMOUS);
    // SAFETY: a new mapping, where the kernel wants it; it touches no memory of ours.
    let memory = unsafe { libc::mmap(null_mut(), bytes, access, kind, -1, 0) };
    assert_ne!(memory, libc::MAP_FAILED, "{}", Errno::last());
    NonNull::new(memory.cast()).expect("a mapping is not at 0")
}

fn zero(number: c_int) {
    assert_eq!(number, 0, "{}", Errno::from_raw(number));
}
