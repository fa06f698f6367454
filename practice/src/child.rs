//! A forked process, for code that is about whole processes and needs nothing of a program of its
//! own.

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
