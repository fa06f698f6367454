//! The signal of the alarms: which it is, whose it is, and that it gets through.

use std::ffi::c_int;
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::atomic::{AtomicI32, Ordering};

use nix::errno::Errno;
use nix::sys::signal::{SigSet, SigmaskHow};

/// The chosen signal, or 0 for the usual one.
static CHOSEN: AtomicI32 = AtomicI32::new(0);

/// The signal that interrupts a call at its deadline: `SIGRTMIN + 5`, unless
/// [`set_alarm_signal`] has chosen another. The thread of an [`Inbox`](crate::Inbox) is ended by
/// it, too.
///
/// The first time that a call has to wait, it gets a handler that does nothing, for the whole
/// program, if it has none yet; if it was ignored, it is not any more. Do not give it to anything
/// else afterwards.
#[must_use]
#[doc(alias = "SIGRTMIN")]
pub fn alarm_signal() -> c_int {
    match CHOSEN.load(Ordering::Relaxed) {
        0 => libc::SIGRTMIN() + 5,
        chosen => chosen,
    }
}

/// Chooses another signal, for the calls that begin from now on, in every thread.
///
/// # Errors
///
/// `EINVAL`: it is not a real-time signal, from `SIGRTMIN` to `SIGRTMAX`; the others have a
/// meaning. `EBUSY`: somebody else handles it in this program.
pub fn set_alarm_signal(signal: c_int) -> nix::Result<()> {
    if !(libc::SIGRTMIN()..=libc::SIGRTMAX()).contains(&signal) {
        return Err(Errno::EINVAL);
    }
    CHOSEN.store(claim(signal)?, Ordering::Relaxed);
    Ok(())
}

/// Makes sure that the signal is handled, by a handler that does nothing.
///
/// Asked before each sleep: somebody may have taken the signal since the last one.
pub(crate) fn claim(signal: c_int) -> nix::Result<c_int> {
    match handler(signal, None)? {
        ours if ours == ours_as_number() => {}
        // Signals that are ignored wake nobody; the default of these ends the program.
        libc::SIG_DFL | libc::SIG_IGN => {
            // SAFETY: numbers, a set of bits and a null pointer: zeroes are valid for all of them.
            let mut action: libc::sigaction = unsafe { MaybeUninit::zeroed().assume_init() };
            action.sa_sigaction = ours_as_number();
            // Calls that can be restarted need not notice, and a small stack need not hold it.
            action.sa_flags = libc::SA_RESTART | libc::SA_ONSTACK;
            handler(signal, Some(&action))?;
        }
        _others => return Err(Errno::EBUSY),
    }
    Ok(signal)
}

extern "C" fn nothing(_: c_int) {}

/// The handler as C keeps it. Through a static: only that has one address for certain.
fn ours_as_number() -> libc::sighandler_t {
    static OURS: extern "C" fn(c_int) = nothing;
    OURS as *const () as libc::sighandler_t
}

/// Who handles the signal; the new action, if there is one, takes that one's place.
fn handler(signal: c_int, new: Option<&libc::sigaction>) -> nix::Result<libc::sighandler_t> {
    let mut old = MaybeUninit::<libc::sigaction>::uninit();
    let new = new.map_or(ptr::null(), ptr::from_ref);
    // SAFETY: the kernel reads a `sigaction` at the first pointer unless it is null, and writes one
    // at the second. The only new one is `claim`'s: its handler touches nothing and can run at any
    // moment on any stack.
    let done = unsafe { libc::sigaction(signal, new, old.as_mut_ptr()) };
    Errno::result(done)?;
    // SAFETY: the call has succeeded, and so has written it.
    Ok(unsafe { old.assume_init() }.sa_sigaction)
}

/// The signal gets through to this thread as long as this lives.
#[derive(Debug)]
pub(crate) struct Unblocked {
    /// The signal, if it was blocked before.
    blocked: Option<SigSet>,
}

impl Unblocked {
    pub(crate) fn new(signal: c_int) -> nix::Result<Unblocked> {
        let mut set = *SigSet::empty().as_ref();
        // SAFETY: the set is there, initialised, and the number is a signal's.
        Errno::result(unsafe { libc::sigaddset(&raw mut set, signal) })?;
        // SAFETY: it came from a `SigSet`, and one more signal is in it.
        let set = unsafe { SigSet::from_sigset_t_unchecked(set) };
        let before = set.thread_swap_mask(SigmaskHow::SIG_UNBLOCK)?;
        // SAFETY: the set is there, initialised, and the number is a signal's.
        let was_blocked = unsafe { libc::sigismember(before.as_ref(), signal) } == 1;
        Ok(Unblocked { blocked: was_blocked.then_some(set) })
    }
}

impl Drop for Unblocked {
    fn drop(&mut self) {
        if let Some(signal) = self.blocked {
            signal.thread_block().expect("what was unblocked can be blocked");
        }
    }
}
