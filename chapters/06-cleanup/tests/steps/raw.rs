//! msgctl(2) with the changes that the library does not make.

use std::mem::MaybeUninit;
use std::ptr;

use ch02_create::Queue;
use nix::errno::Errno;

/// Changes what the kernel knows of the queue: owner, mode, capacity.
pub(crate) fn change(queue: Queue, change: impl FnOnce(&mut libc::msqid_ds)) -> nix::Result<()> {
    let mut status = MaybeUninit::<libc::msqid_ds>::uninit();
    // SAFETY: IPC_STAT writes one `msqid_ds` behind the pointer, and there is room for one.
    let done = unsafe { libc::msgctl(queue.id(), libc::IPC_STAT, status.as_mut_ptr()) };
    Errno::result(done)?;
    // SAFETY: the call has succeeded, so the kernel has written all of it.
    let mut status = unsafe { status.assume_init() };
    change(&mut status);
    // SAFETY: IPC_SET reads one `msqid_ds`, which is there.
    let done = unsafe { libc::msgctl(queue.id(), libc::IPC_SET, &raw mut status) };
    Errno::result(done).map(drop)
}

/// Asks for the status of the queue to be written where there is no memory.
///
/// Past the C library, which may look at the pointer itself.
pub(crate) fn status_to_nowhere(queue: Queue) -> nix::Result<()> {
    let nowhere = ptr::null_mut::<libc::msqid_ds>();
    // SAFETY: the first page of a process is not mapped, so the kernel finds no memory to write to.
    let done = unsafe { libc::syscall(libc::SYS_msgctl, queue.id(), libc::IPC_STAT, nowhere) };
    Errno::result(done).map(drop)
}

/// Makes MSG_STAT_ANY unknown to the calling thread, as it is to Linux before 4.17.
#[cfg(target_arch = "x86_64")]
pub(crate) fn forget_msg_stat_any() {
    const NUMBER: u32 = 0; // where the filter finds the number of the call,
    const COMMAND: u32 = 24; // and the low half of its second argument
    const LOAD: u32 = libc::BPF_LD | libc::BPF_W | libc::BPF_ABS;
    const UNLESS: u32 = libc::BPF_JMP | libc::BPF_JEQ | libc::BPF_K;
    const RETURN: u32 = libc::BPF_RET | libc::BPF_K;
    let step = |code: u32, jf, k| libc::sock_filter { code: code as u16, jt: 0, jf, k };
    let mut steps = [
        step(LOAD, 0, NUMBER),
        step(UNLESS, 3, libc::SYS_msgctl as u32),
        step(LOAD, 0, COMMAND),
        step(UNLESS, 1, 13),
        step(RETURN, 0, libc::SECCOMP_RET_ERRNO | libc::EINVAL as u32),
        step(RETURN, 0, libc::SECCOMP_RET_ALLOW),
    ];
    let program = libc::sock_fprog { len: steps.len() as u16, filter: steps.as_mut_ptr() };
    // SAFETY: this option takes numbers alone.
    let done = unsafe { libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) };
    Errno::result(done).expect("anybody may give privileges up");
    // SAFETY: the kernel reads the program and its steps, which are there, and copies them.
    let done = unsafe { libc::prctl(libc::PR_SET_SECCOMP, libc::SECCOMP_MODE_FILTER, &program) };
    Errno::result(done).expect("the filter is valid");
}
