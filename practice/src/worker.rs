//! Code of an exercise on a thread of its own, and what the kernel tells about that thread.

use std::ffi::c_long;
use std::fmt::Display;
use std::fs;
use std::sync::mpsc;
use std::thread::JoinHandle;

use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};

use crate::yours::panicked;

/// A thread that runs code of an exercise.
pub struct Worker<T> {
    number: i32,
    thread: JoinHandle<Result<T, String>>,
}

impl<T: Send + 'static> Worker<T> {
    /// Starts the thread.
    ///
    /// # Panics
    ///
    /// When the system gives no thread.
    pub fn start(work: impl FnOnce() -> T + Send + 'static) -> Worker<T> {
        let (tell, told) = mpsc::channel();
        let thread = support::spawn(move || {
            // Whoever started this thread is waiting for its number.
            let _ = tell.send(support::this_thread());
            support::caught(work)
        });
        let number = told.recv().expect("the thread has begun");
        Worker { number, thread }
    }

    /// Whether the code has returned.
    pub fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }

    /// Whether it is asleep in `msgsnd` or `msgrcv`.
    pub fn waits(&self) -> bool {
        support::asleep_in_msg_call(self.number)
    }

    /// Whether it is asleep for a while, of its own accord.
    pub fn is_sleeping(&self) -> bool {
        is_sleeping(self.number)
    }

    /// Whether it has kept a processor busy for a tenth of a second, all in all: far longer than
    /// any work here takes.
    pub fn is_spinning(&self) -> bool {
        let number = self.number;
        let stat = fs::read_to_string(format!("/proc/{number}/task/{number}/stat"));
        // Its name, in parentheses, may hold anything. Behind it, the twelfth field and the next
        // count the time.
        let ticks: Option<c_long> = stat.ok().and_then(|stat| {
            let (_, fields) = stat.rsplit_once(')')?;
            let fields = fields.split_ascii_whitespace().skip(11).take(2);
            fields.map(|field| field.parse::<c_long>().ok()).sum()
        });
        // SAFETY: sysconf takes a number. It touches no memory of ours.
        let second = unsafe { libc::sysconf(libc::_SC_CLK_TCK) };
        ticks.is_some_and(|ticks| 10 * ticks >= second)
    }

    /// Interrupts it with a signal that has a handler. When this returns the thread is on its way.
    ///
    /// # Panics
    ///
    /// When the handler cannot be installed.
    pub fn interrupt(&self) {
        let handler = SigHandler::Handler(do_nothing);
        let action = SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
        // SAFETY: the handler does nothing.
        unsafe { sigaction(Signal::SIGWINCH, &action) }.expect("a handler for SIGWINCH");
        // SAFETY: tgkill takes three numbers. It touches no memory of ours.
        unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), self.number, libc::SIGWINCH) };
    }

    /// What the code has returned; `None` if it has panicked.
    pub fn result(self) -> Option<T> {
        let result = self.end();
        result.inspect_err(|said| eprintln!("{said}")).ok()
    }

    /// What the code has returned. `at` names what it was given, as for [`yours`](crate::yours).
    ///
    /// # Panics
    ///
    /// When the code has: "your function panics at ...", with what the panic says.
    #[track_caller]
    pub fn returned(self, at: impl Display) -> T {
        match self.end() {
            Ok(returned) => returned,
            Err(said) => panicked(at, &said),
        }
    }

    fn end(self) -> Result<T, String> {
        let ended = self.thread.join();
        ended.unwrap_or_else(|_| Err("no reason".to_owned()))
    }
}

extern "C" fn do_nothing(_: i32) {}

/// Whether a thread is asleep in `nanosleep`, which is what `std::thread::sleep` calls.
pub(crate) fn is_sleeping(thread: i32) -> bool {
    let call = fs::read_to_string(format!("/proc/{thread}/task/{thread}/syscall"));
    let number = call.ok().and_then(|call| {
        let number = call.split_ascii_whitespace().next()?;
        number.parse().ok()
    });
    [libc::SYS_nanosleep, libc::SYS_clock_nanosleep].map(Some).contains(&number)
}
