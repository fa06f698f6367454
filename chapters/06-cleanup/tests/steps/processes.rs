//! Processes that are copies of the test's.

use std::ffi::{c_int, c_void};
use std::mem::ManuallyDrop;
use std::ptr;

use ch02_create::Mode;
use ch06_cleanup::OwnedQueue;
use nix::errno::Errno;
use nix::fcntl::{OFlag, open};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::write;

/// Gives this process, which has one thread, a user namespace of its own, in which it is root.
///
/// System calls alone, so that a forked child may call it.
pub(crate) fn become_root_of_a_user_namespace() -> nix::Result<()> {
    const MAP: &[u8] = b"0 0 1";
    unshare(CloneFlags::CLONE_NEWUSER)?;
    let map = open(c"/proc/self/uid_map", OFlag::O_WRONLY, Mode::empty())?;
    write(&map, MAP).map(drop)
}

/// Ends the process without a word to anybody.
pub(crate) fn exit(status: c_int) -> ! {
    // SAFETY: ends the process, and does nothing on the way.
    unsafe { libc::_exit(status) }
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
            exit(0)
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

/// As fork(2), past the C library, in a new pid namespace: the child is process 1.
///
/// # Safety
///
/// As for [`in_child`]: what follows in the child, where this returns 0, allocates nothing, takes
/// no lock, does not panic, and ends.
pub(crate) unsafe fn fork_in_a_new_pid_namespace() -> nix::Result<libc::pid_t> {
    let flags = libc::CLONE_NEWPID | libc::SIGCHLD;
    let nothing = ptr::null::<c_void>();
    // SAFETY: without CLONE_VM the child has memory and a stack of its own, as after fork; it does
    // what the caller has promised.
    let child =
        unsafe { libc::syscall(libc::SYS_clone, flags, nothing, nothing, nothing, nothing) };
    Errno::result(child).map(|child| child as libc::pid_t)
}

/// Drops the guard in a child process that shares this one's memory, as one of vfork(2) does.
pub(crate) fn drop_in_a_child_that_shares_memory(guard: OwnedQueue) -> c_int {
    extern "C" fn child(guard: *mut c_void) -> c_int {
        // SAFETY: the parent sleeps (CLONE_VFORK) until this process has ended, so nobody else has
        // a reference to the guard that it has passed, and it never uses it again.
        let guard = unsafe { &mut *guard.cast::<ManuallyDrop<OwnedQueue>>() };
        // SAFETY: it is dropped here and nowhere else.
        unsafe { ManuallyDrop::drop(guard) };
        0
    }
    let mut guard = ManuallyDrop::new(guard);
    let mut stack = vec![0_u128; 16_384];
    let top = stack.as_mut_ptr_range().end.cast();
    let flags = libc::CLONE_VM | libc::CLONE_VFORK | libc::SIGCHLD;
    // SAFETY: the child runs `child` on a stack that nobody else uses, aligned as u128 is, and this
    // call returns only after the child has ended; so stack and guard outlive it.
    let pid = unsafe { libc::clone(child, top, flags, (&raw mut guard).cast()) };
    wait_for(Errno::result(pid).expect("a process can be started"))
}
