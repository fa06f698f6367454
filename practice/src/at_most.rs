//! An end for a `main` that waits forever.

use std::sync::atomic::{AtomicI32, Ordering};

use libc::c_int;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use nix::unistd::alarm;

static QUEUE: AtomicI32 = AtomicI32::new(-1);

/// Ends the program after so many seconds, by SIGALRM, and removes the queue `id` first.
///
/// # Panics
///
/// When the handler cannot be installed.
pub fn at_most(seconds: u32, id: c_int) {
    QUEUE.store(id, Ordering::Relaxed);
    let action = SigAction::new(SigHandler::Handler(end), SaFlags::empty(), SigSet::all());
    // SAFETY: the handler makes three system calls, each of which may be made in a handler, and
    // does not return.
    unsafe { sigaction(Signal::SIGALRM, &action) }.expect("a handler for SIGALRM");
    alarm::set(seconds);
}

extern "C" fn end(_: c_int) {
    const TOLD: &[u8] = b"This still waits, and is ended here; its queue is removed.\n";
    // SAFETY: IPC_RMID takes no third argument; the kernel checks the id itself, which may be gone
    // already.
    unsafe { libc::msgctl(QUEUE.load(Ordering::Relaxed), libc::IPC_RMID, std::ptr::null_mut()) };
    // SAFETY: the text is there, with its length. If it cannot be written, nobody is told.
    unsafe { libc::write(libc::STDERR_FILENO, TOLD.as_ptr().cast(), TOLD.len()) };
    // SAFETY: ends the program, and runs nothing else of it.
    unsafe { libc::_exit(1) }
}
