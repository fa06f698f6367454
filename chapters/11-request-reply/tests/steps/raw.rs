//! Sets of semaphores, made past the library.

use std::ffi::c_int;

use nix::errno::Errno;

/// Makes a set, and gives its semaphores these values if there are any; its ID.
pub(crate) fn set(key: c_int, semaphores: c_int, mode: c_int, values: &[u16]) -> c_int {
    // SAFETY: the call takes numbers and touches no memory of ours.
    let set = unsafe { libc::semget(key, semaphores, libc::IPC_CREAT | libc::IPC_EXCL | mode) };
    let set = Errno::result(set).expect("a set can be made");
    if !values.is_empty() {
        assert_eq!(values.len(), semaphores as usize);
        // SAFETY: SETALL reads as many numbers as the set has semaphores, and so many there are.
        let done = unsafe { libc::semctl(set, 0, libc::SETALL, values.as_ptr()) };
        Errno::result(done).expect("the set is ours");
        // SETALL is not an operation: the time of the last one stays "never" without this.
        let mut add = libc::sembuf { sem_num: 0, sem_op: 1, sem_flg: 0 };
        for step in [1, -1] {
            add.sem_op = step;
            // SAFETY: the kernel reads one `sembuf`, which lives until the call returns.
            let done = unsafe { libc::semop(set, &raw mut add, 1) };
            Errno::result(done).expect("the set is ours");
        }
    }
    set
}

/// The value of a semaphore of the set with this key; `None` if there is no such set.
pub(crate) fn value(key: c_int, semaphore: c_int) -> Option<c_int> {
    // SAFETY: the call takes numbers and touches no memory of ours.
    let set = unsafe { libc::semget(key, 0, 0) };
    // SAFETY: as above; GETVAL takes no further argument.
    let value = unsafe { libc::semctl(Errno::result(set).ok()?, semaphore, libc::GETVAL) };
    Errno::result(value).ok()
}

pub(crate) fn remove_set(set: c_int) {
    // SAFETY: IPC_RMID takes no further argument.
    let done = unsafe { libc::semctl(set, 0, libc::IPC_RMID) };
    Errno::result(done).expect("the set is ours");
}
