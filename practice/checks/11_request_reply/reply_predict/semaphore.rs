//! A semaphore, and what the kernel takes back.

use nix::errno::Errno;
use std::ffi::c_int;

/// A set with one semaphore, which is 0 at first. Dropping it removes it.
pub(super) struct Semaphore(c_int);

impl Semaphore {
    pub(super) fn new() -> Semaphore {
        // SAFETY: semget takes three numbers. It touches no memory of ours.
        let set = unsafe { libc::semget(libc::IPC_PRIVATE, 1, 0o600) };
        Semaphore(Errno::result(set).expect("a set of semaphores"))
    }

    /// Raises it by one; what this process has raised the kernel takes back when it ends.
    pub(super) fn raise(&self) {
        let mut step =
            libc::sembuf { sem_num: 0, sem_op: 1, sem_flg: libc::SEM_UNDO as libc::c_short };
        // SAFETY: the kernel reads one `sembuf`, which is ours.
        let raised = unsafe { libc::semop(self.0, &raw mut step, 1) };
        Errno::result(raised).expect("it is ours");
    }

    pub(super) fn value(&self) -> c_int {
        // SAFETY: GETVAL takes two numbers, and no fourth argument.
        let value = unsafe { libc::semctl(self.0, 0, libc::GETVAL) };
        Errno::result(value).expect("it is ours")
    }
}

impl Drop for Semaphore {
    fn drop(&mut self) {
        // SAFETY: IPC_RMID takes no further argument.
        unsafe { libc::semctl(self.0, 0, libc::IPC_RMID) };
    }
}
