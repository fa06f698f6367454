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

    /// Wakes the thread, which has been told to end, until it has.
    ///
    /// One signal is not enough: it may come when the thread has looked whether to go on and does
    /// not sleep yet.
    pub(crate) fn end(
        &mut self,
        mut has_ended_within: impl FnMut(Duration) -> bool,
    ) -> nix::Result<()> {
        let Some(handle) = self.handle.take() else {
            return Ok(());
        };
        if !self.is_mine() {
            mem::forget(handle); // of a thread that does not exist here
            return Err(Errno::ECHILD);
        }
        let (mut pause, mut patience) = (Duration::ZERO, 100);
        while !has_ended_within(pause) {
            claim(self.signal)?; // others may have ignored it since
            // SAFETY: the thread has been neither joined nor detached, for `handle` is here, so its
            // number is good even if it has ended. The signal's handler does nothing. (The cast is
            // for musl, where std and libc have two types for that number.)
            let sent = unsafe { libc::pthread_kill(handle.as_pthread_t() as _, self.signal) };
            // The user has too many pending signals for one more. An earlier one may get through.
            patience -= i32::from(sent == libc::EAGAIN);
            if patience == 0 {
                return Err(Errno::ENOMEM);
            }
            pause = Duration::from_millis(1);
        }
        handle.join().map_err(|_| Errno::ESRCH)
    }
}

#[cfg(test)]
mod tests {
    use std::ptr;
    use std::sync::mpsc;

    use ch02_create::{Mode, Queue};
    use ch05_receive::{Receiver, Select};
    use nix::errno::Errno;

    use super::Sleeper;

    /// Holds the gap between the look and the sleep open until the first signal has gone through.
    #[test]
    fn signal_that_comes_before_the_sleep_is_repeated() {
        support::alone(|room| {
            let queue = Queue::private(Mode::S_IRUSR).expect("a queue can be made");
            room.watch(queue.id());
            let (end, ended) = mpsc::channel();
            let work = move || {
                // SAFETY: with a count of 0 the kernel does not look at the pointer.
                let first = Errno::result(unsafe { libc::poll(ptr::null_mut(), 0, -1) });
                let second = Receiver::new(queue).recv(Select::Any).map(drop);
                end.send((first, second)).expect("the test is waiting");
            };
            let mut sleeper = Sleeper::start("a sleeper".to_owned(), work).expect("a thread");
            let mut found = None;
            let has_ended = |time| {
                found = found.or_else(|| ended.recv_timeout(time).ok());
                found.is_some()
            };
            assert_eq!(sleeper.end(has_ended), Ok(()));
            assert_eq!(found, Some((Err(Errno::EINTR), Err(Errno::EINTR))));
            room.remove(queue.id());
        });
    }
}
