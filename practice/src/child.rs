//! A forked process, for code that is about whole processes and needs nothing of a program of its
//! own.

use std::cell::Cell;

use libc::pid_t;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::{ForkResult, fork};

use support::until;

/// Does this in a forked child, which then ends, and waits for that: how it has ended.
///
/// The child has one thread. What it does must not need a lock that another thread may have held at
/// the moment of the fork: it drops a guard and makes system calls.
///
/// # Panics
///
/// When there is no other process to be had, and when it does not end.
#[track_caller]
pub fn in_a_child(body: impl FnOnce()) -> WaitStatus {
    // SAFETY: what the child does until it ends takes no lock, as its caller has been told.
    match unsafe { fork() }.expect("another process") {
        ForkResult::Child => {
            // SAFETY: alarm takes a number. If the child hangs, SIGALRM ends it.
            unsafe { libc::alarm(3) };
            body();
            // SAFETY: _exit takes a number and does not return. Nothing else of the test may run
            // twice.
            unsafe { libc::_exit(0) };
        }
        ForkResult::Parent { child } => {
            let mut status = WaitStatus::StillAlive;
            until("the forked child to end", || {
                status = waitpid(child, Some(WaitPidFlag::WNOHANG)).expect("our child");
                status != WaitStatus::StillAlive
            });
            status
        }
    }
}

thread_local! {
    static NUMBER: Cell<Option<pid_t>> = const { Cell::new(None) };
}

/// From now on this thread's process has this number, as far as it can see, until it ends.
///
/// For a forked child, which is given the number of its parent: as in a container, where process 1
/// may start a process 1 in a pid namespace of its own. That itself takes root.
pub fn take_number(number: u32) {
    NUMBER.set(pid_t::try_from(number).ok());
}

/// The C library's getpid, unless somebody has taken a number.
#[unsafe(no_mangle)]
extern "C" fn getpid() -> pid_t {
    NUMBER.get().unwrap_or_else(|| {
        // SAFETY: the call takes nothing and returns a number.
        (unsafe { libc::syscall(libc::SYS_getpid) }) as pid_t
    })
}
