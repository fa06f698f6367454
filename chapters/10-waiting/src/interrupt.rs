//! The signal that gets a thread out of `msgsnd` or `msgrcv`.
//!
//! Nothing but a message, a removal or a signal ends these calls, and of signals only one that has
//! a handler. So the library has one signal of its own, [`signal`], whose handler does nothing:
//! that the call returns with `EINTR` is all it is for.
//!
//! A signal that arrives before the call has gone to sleep is spent, and the sleep is for ever: the
//! lost wakeup. It has to be repeated until the thread has answered in some other way.
//!
//! # Limits
//!
//! The number is `SIGRTMIN + 10`. A program that uses this number for itself gets `EBUSY` from
//! [`claim`]; it must not install a handler of its own afterwards, nor ignore the signal.

use std::ffi::c_int;
use std::{mem, ptr};

use nix::errno::Errno;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet};

/// The number of the signal: `SIGRTMIN + 10`.
#[must_use]
pub fn signal() -> c_int {
    libc::SIGRTMIN() + 10
}

/// Makes sure that the signal has its handler, which does nothing; returns the signal's number.
///
/// # Errors
///
/// `EBUSY`: the program has a handler of its own for this number.
pub fn claim() -> nix::Result<c_int> {
    // Calls other than these go on after the handler (SA_RESTART), and it runs on the stack that
    // the program may have set up for signals (SA_ONSTACK).
    let flags = SaFlags::SA_RESTART | SaFlags::SA_ONSTACK;
    let ours = SigAction::new(SigHandler::Handler(NOTHING), flags, SigSet::empty()).into();
    match current()?.sa_sigaction {
        libc::SIG_DFL | libc::SIG_IGN => install(&ours)?,
        handler if handler == ours.sa_sigaction => {}
        _ => return Err(Errno::EBUSY),
    }
    Ok(signal())
}

/// In a `static`, so that it has one address to be recognised by: the compiler may make several
/// copies of so short a function.
static NOTHING: extern "C" fn(c_int) = nothing;

extern "C" fn nothing(_: c_int) {}

/// The signal alone, to be blocked and unblocked.
#[must_use]
pub fn signals() -> SigSet {
    let mut set = *SigSet::empty().as_ref();
    // SAFETY: the set is initialised, and the number is that of a signal.
    let done = unsafe { libc::sigaddset(&raw mut set, signal()) };
    assert_eq!(done, 0, "a signal can be in a set");
    // SAFETY: the C library initialised the set; a number without a name is of no harm in it.
    unsafe { SigSet::from_sigset_t_unchecked(set) }
}

fn current() -> nix::Result<libc::sigaction> {
    // SAFETY: a `sigaction` consists of integers and an optional pointer: zeroes are valid.
    let mut found: libc::sigaction = unsafe { mem::zeroed() };
    // SAFETY: without a new action the kernel changes nothing; it writes one structure, which is
    // there.
    let done = unsafe { libc::sigaction(signal(), ptr::null(), &raw mut found) };
    Errno::result(done).map(|_| found)
}

fn install(action: &libc::sigaction) -> nix::Result<()> {
    // SAFETY: the kernel reads one structure, which is there. Its handler does nothing, so it can
    // run at any time on any thread.
    let done = unsafe { libc::sigaction(signal(), action, ptr::null_mut()) };
    Errno::result(done).map(drop)
}
