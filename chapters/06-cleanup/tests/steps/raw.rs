//! msgctl(2) with the changes that the library does not make.

use std::ffi::c_int;
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

/// Runs `child` in a child process that ends right after it, without a word to anybody.
///
/// # Safety
///
/// `child` allocates nothing, takes no lock and does not panic: another thread may have held a lock
/// when the process was copied, and nobody is there to release it.
pub(crate) unsafe fn in_child(child: impl FnOnce()) -> libc::pid_t {
    // SAFETY: the child does what the caller has promised, and ends.
    match unsafe { libc::fork() } {
        0 => {
            child();
            // SAFETY: ends the process, and does nothing on the way.
            unsafe { libc::_exit(0) }
        }
        pid => Errno::result(pid).expect("a process can be started"),
    }
}

/// Waits for the end of a child; returns its status as waitpid(2) gives it.
pub(crate) fn wait_for(child: libc::pid_t) -> c_int {
    let mut status = 0;
    // SAFETY: the kernel writes one number behind the pointer.
    let done = unsafe { libc::waitpid(child, &raw mut status, 0) };
    Errno::result(done).expect("it is our child");
    status
}
