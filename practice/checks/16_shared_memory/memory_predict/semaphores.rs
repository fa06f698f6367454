//! A semaphore of either kind, and a file in memory.

use std::fs::File;
use std::os::fd::AsRawFd;
use std::ptr::{NonNull, null_mut};

use nix::errno::Errno;
use practice::shared_memory;

/// In memory that forked processes share.
pub(super) struct PosixSemaphore(NonNull<libc::sem_t>);

impl PosixSemaphore {
    pub(super) fn new(value: u32) -> PosixSemaphore {
        let memory = shared_memory(size_of::<libc::sem_t>()).cast();
        // SAFETY: the memory is large enough, aligned to a page, and nobody else's.
        let made = unsafe { libc::sem_init(memory.as_ptr(), 1, value) };
        Errno::result(made).expect("a semaphore");
        PosixSemaphore(memory)
    }

    pub(super) fn wait(&self) {
        // SAFETY: the semaphore was initialised, and its memory is never given back.
        unsafe { libc::sem_wait(self.0.as_ptr()) };
    }

    pub(super) fn value(&self) -> i32 {
        let mut value = -1;
        // SAFETY: as for `wait`; it writes one number, which is ours.
        let read = unsafe { libc::sem_getvalue(self.0.as_ptr(), &raw mut value) };
        Errno::result(read).expect("a semaphore has a value");
        value
    }
}

/// A private set with one semaphore.
pub(super) struct SystemVSemaphore(i32);

impl SystemVSemaphore {
    pub(super) fn new(value: i32) -> SystemVSemaphore {
        // SAFETY: the call takes three numbers. It touches no memory of ours.
        let id = unsafe { libc::semget(libc::IPC_PRIVATE, 1, 0o600) };
        let semaphore = SystemVSemaphore(Errno::result(id).expect("a set"));
        // SAFETY: SETVAL takes a number.
        let set = unsafe { libc::semctl(id, 0, libc::SETVAL, value) };
        Errno::result(set).expect("our set");
        semaphore
    }

    pub(super) fn lower(&self) {
        let flags = i16::try_from(libc::SEM_UNDO).expect("a small number");
        let mut step = libc::sembuf { sem_num: 0, sem_op: -1, sem_flg: flags };
        // SAFETY: the kernel reads one `sembuf`, which is ours.
        unsafe { libc::semop(self.0, &raw mut step, 1) };
    }

    pub(super) fn value(&self) -> i32 {
        // SAFETY: GETVAL takes no further argument.
        Errno::result(unsafe { libc::semctl(self.0, 0, libc::GETVAL) }).expect("our set")
    }
}

impl Drop for SystemVSemaphore {
    fn drop(&mut self) {
        // SAFETY: IPC_RMID takes no further argument. The set is ours.
        unsafe { libc::semctl(self.0, 0, libc::IPC_RMID) };
    }
}

/// The first page of a file, mapped. The process that calls it ends soon.
pub(super) fn map(file: &File) -> *const u8 {
    let (access, kind) = (libc::PROT_READ, libc::MAP_SHARED);
    // SAFETY: a new mapping, where the kernel wants it; it touches no memory of ours.
    let memory = unsafe { libc::mmap(null_mut(), 4_096, access, kind, file.as_raw_fd(), 0) };
    assert_ne!(memory, libc::MAP_FAILED, "{}", Errno::last());
    memory.cast()
}
