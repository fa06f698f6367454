//! Signals, past every wrapper: masks and handlers of the calling thread's.

use std::ffi::c_int;
use std::mem::MaybeUninit;
use std::ptr;

use nix::errno::Errno;
use nix::sys::signal::SigSet;

/// This signal, and no other.
pub(crate) fn only(signal: c_int) -> SigSet {
    let mut set = *SigSet::empty().as_ref();
    // SAFETY: the set is there, initialised, and the number is a signal's.
    let done = unsafe { libc::sigaddset(&raw mut set, signal) };
    Errno::result(done).expect("it is a signal");
    // SAFETY: it came from a `SigSet`, and one more signal is in it.
    unsafe { SigSet::from_sigset_t_unchecked(set) }
}

/// Whether this thread has the signal blocked.
pub(crate) fn is_blocked(signal: c_int) -> bool {
    let mask = SigSet::thread_get_mask().expect("there is a mask");
    // SAFETY: the set is there, initialised, and the number is a signal's.
    unsafe { libc::sigismember(mask.as_ref(), signal) == 1 }
}

/// Whether the signal waits for this thread to let it through.
pub(crate) fn is_pending(signal: c_int) -> bool {
    let mut set = MaybeUninit::uninit();
    // SAFETY: the kernel writes one set at the pointer.
    let done = unsafe { libc::sigpending(set.as_mut_ptr()) };
    Errno::result(done).expect("there is a set");
    // SAFETY: the call has succeeded, and so has written it.
    let set = unsafe { set.assume_init() };
    // SAFETY: the set is there, initialised, and the number is a signal's.
    unsafe { libc::sigismember(&raw const set, signal) == 1 }
}

/// Sends a signal to one thread of this process.
pub(crate) fn signal(thread: i32, signal: c_int) {
    let process = std::process::id();
    // SAFETY: the call takes three numbers.
    let done = unsafe { libc::syscall(libc::SYS_tgkill, process, thread, signal) };
    Errno::result(done).expect("the thread is ours");
}

/// Gives SIGUSR1, which nothing else in these tests uses, a handler that does nothing.
pub(crate) fn handle_sigusr1() {
    handle(libc::SIGUSR1);
}

/// Gives a signal a handler that does nothing, for the whole process.
pub(crate) fn handle(signal: c_int) {
    extern "C" fn nothing(_: c_int) {}
    let handler: extern "C" fn(c_int) = nothing;
    // SAFETY: numbers, a set of bits and a null pointer: zeroes are valid for all of them.
    let mut action: libc::sigaction = unsafe { MaybeUninit::zeroed().assume_init() };
    action.sa_sigaction = handler as *const () as libc::sighandler_t;
    action.sa_flags = libc::SA_RESTART;
    // SAFETY: the handler does nothing, so it can run anywhere. The kernel reads one `sigaction`.
    let done = unsafe { libc::sigaction(signal, &raw const action, ptr::null_mut()) };
    Errno::result(done).expect("the signal can be handled");
}

/// With which flags a signal is handled.
pub(crate) fn flags(signal: c_int) -> c_int {
    let mut action = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: the kernel writes one `sigaction` at the second pointer; the first is null.
    let done = unsafe { libc::sigaction(signal, ptr::null(), action.as_mut_ptr()) };
    Errno::result(done).expect("it is a signal");
    // SAFETY: the call has succeeded, and so has written it.
    unsafe { action.assume_init() }.sa_flags
}
