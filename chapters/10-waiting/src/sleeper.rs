//! A thread that sleeps in a message call, and how it is ended.

use std::ffi::c_int;
use std::mem;
use std::os::unix::thread::JoinHandleExt;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ch06_cleanup::Process;
use nix::errno::Errno;
use nix::sys::signal::{SigSet, SigmaskHow};

use crate::alarm::signal::{Unblocked, alarm_signal, claim};

/// A thread that no signal interrupts but the library's own.
#[derive(Debug)]
pub(crate) struct Sleeper {
    /// The process that has the thread. A forked child has everything of its parent but that.
    process: Process,
    signal: c_int,
    handle: Option<JoinHandle<()>>,
}

impl Sleeper {
    pub(crate) fn start(
        name: String,
        work: impl FnOnce() + Send + 'static,
    ) -> nix::Result<Sleeper> {
        let signal = claim(alarm_signal())?;
        // The thread begins with the mask of this one, and signals for the program are not for it.
        let before = SigSet::all().thread_swap_mask(SigmaskHow::SIG_SETMASK)?;
        let thread = thread::Builder::new().name(name).spawn(move || {
            let _unblocked = Unblocked::new(signal).expect("one signal can be unblocked");
            work();
        });
        before.thread_set_mask()?;
        let handle =
            thread.map_err(|error| error.raw_os_error().map_or(Errno::EAGAIN, Errno::from_raw))?;
        Ok(Sleeper { process: Process::current(), signal, handle: Some(handle) })
    }

    pub(crate) fn is_mine(&self) -> bool {
        self.process == Process::current()
    }

    // ANCHOR: end
    /// Wakes the thread, which has been told to end, until it has.
    ///
    /// One signal is not enough: it may come when the thread has looked whether to go on and does
    /// not sleep yet.
    pub(crate) fn end(&mut self, has_ended_within: impl Fn(Duration) -> bool) -> nix::Result<()> {
        let Some(handle) = self.handle.take() else {
            return Ok(());
        };
        if !self.is_mine() {
            mem::forget(handle); // of a thread that does not exist here
            return Err(Errno::ECHILD);
        }
        while !has_ended_within(Duration::from_millis(1)) {
            claim(self.signal)?; // what others did to it since
            // SAFETY: the thread has been neither joined nor detached, for `handle` is here, so its
            // number is good even if it has ended. The signal's handler does nothing.
            let _ = unsafe { libc::pthread_kill(handle.as_pthread_t(), self.signal) };
        }
        handle.join().map_err(|_| Errno::ESRCH)
    }
    // ANCHOR_END: end
}
