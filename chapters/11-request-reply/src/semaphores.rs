//! Sets of semaphores: the calls behind a sign of life, and nothing else of them.

use std::ffi::{c_int, c_short, c_ushort};
use std::mem::MaybeUninit;

use ch01_key_setup::Key;
use nix::errno::Errno;
use nix::unistd::Uid;

/// The kernel's name for one set of semaphores: an ID, as a queue has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Set(c_int);

impl Set {
    pub(crate) const fn from_id(id: c_int) -> Set {
        Set(id)
    }

    /// Makes the set with this key, which must not exist yet. All its semaphores are 0.
    pub(crate) fn create_new(key: Key, semaphores: c_int, mode: c_int) -> nix::Result<Set> {
        semget(key, semaphores, libc::IPC_CREAT | libc::IPC_EXCL | mode)
    }

    /// Finds the set with this key. No access is asked for.
    pub(crate) fn open(key: Key) -> nix::Result<Set> {
        semget(key, 0, 0)
    }

    /// Does all of this at once, or, with `EAGAIN`, nothing of it.
    pub(crate) fn operate<const N: usize>(self, mut steps: [Step; N]) -> nix::Result<()> {
        let steps = &mut steps;
        // SAFETY: the kernel reads N of C's `sembuf`, which a `Step` is, and they live until the
        // call returns. The ID is a number: one that names no set gives an errno.
        let done = unsafe { libc::semop(self.0, steps.as_mut_ptr().cast(), N) };
        Errno::result(done).map(drop)
    }

    pub(crate) fn value(self, semaphore: c_int) -> nix::Result<c_int> {
        // SAFETY: GETVAL takes no further argument and returns a number. The kernel checks both
        // numbers that it is given.
        Errno::result(unsafe { libc::semctl(self.0, semaphore, libc::GETVAL) })
    }

    /// The user who made it.
    pub(crate) fn creator(self) -> nix::Result<Uid> {
        let mut status = MaybeUninit::<Status>::zeroed();
        // SAFETY: IPC_STAT writes one `semid_ds`, for which there is space: see `Status`. It is
        // exclusively borrowed until the call returns.
        let done = unsafe { libc::semctl(self.0, 0, libc::IPC_STAT, status.as_mut_ptr()) };
        Errno::result(done)?;
        // SAFETY: it consists of integers, for which zeroes and whatever the kernel writes are
        // valid.
        Ok(Uid::from_raw(unsafe { status.assume_init() }.permissions.cuid))
    }

    /// Removes the set. Whoever operates on it later gets an errno.
    pub(crate) fn remove(self) -> nix::Result<()> {
        // SAFETY: IPC_RMID takes no further argument. The ID is a number.
        Errno::result(unsafe { libc::semctl(self.0, 0, libc::IPC_RMID) }).map(drop)
    }
}

fn semget(key: Key, semaphores: c_int, flags: c_int) -> nix::Result<Set> {
    // SAFETY: semget takes three numbers, returns one, and touches no memory of ours.
    let id = unsafe { libc::semget(key.raw(), semaphores, flags) };
    Errno::result(id).map(Set)
}

/// What to do with one semaphore of a set: C's `sembuf`.
#[repr(transparent)]
pub(crate) struct Step(libc::sembuf);

impl Step {
    /// Adds to it, for good.
    pub(crate) const fn add(semaphore: c_ushort, number: c_short) -> Step {
        Step::new(semaphore, number, libc::IPC_NOWAIT)
    }

    /// Adds to it until this process ends, whatever ends it: the kernel then takes it off again.
    pub(crate) const fn add_while_alive(semaphore: c_ushort, number: c_short) -> Step {
        Step::new(semaphore, number, libc::IPC_NOWAIT | libc::SEM_UNDO)
    }

    /// Nothing, if it is 0; `EAGAIN` for all the steps otherwise.
    pub(crate) const fn if_zero(semaphore: c_ushort) -> Step {
        Step::new(semaphore, 0, libc::IPC_NOWAIT)
    }

    const fn new(semaphore: c_ushort, number: c_short, flags: c_int) -> Step {
        Step(libc::sembuf { sem_num: semaphore, sem_op: number, sem_flg: flags as c_short })
    }
}

/// C's `semid_ds`, which libc does not have for each C library: it begins with an `ipc_perm`
/// everywhere, and the times and numbers that follow take 72 bytes at most.
#[repr(C)]
struct Status {
    permissions: libc::ipc_perm,
    rest: [u64; 16],
}
