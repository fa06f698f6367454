//! What the server is asked for, by signals and by messages: one after the other, to be waited for.

use std::ffi::c_int;
use std::mem::MaybeUninit;
use std::ptr;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use nix::sys::signal::{SigSet, Signal};

use super::orders::WAKE;
use super::{failure, thread_failure};

/// What somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Request {
    /// A signal: accept no more, show what was accepted, remove the queue.
    Stop,
    /// SIGQUIT: show what was taken, leave the rest in the queue, at once.
    Quit,
    /// A message that says "exit": as `Stop`, but a second one changes nothing.
    Exit,
    /// The main thread cannot go on: what becomes of the queue?
    Settle,
}

/// The requests. The main thread waits for them until it has a queue, the closing one from then on:
/// never both at once.
#[derive(Clone)]
pub(super) struct Requests(Arc<Mutex<Receiver<Request>>>);

impl Requests {
    /// The next request.
    pub(super) fn next(&self) -> Request {
        // Senders live as long as the program: the thread that waits for signals has one.
        self.lock().recv().unwrap_or(Request::Settle)
    }

    /// The next request; `None` if none comes for so long.
    pub(super) fn within(&self, time: Duration) -> Option<Request> {
        self.lock().recv_timeout(time).ok()
    }

    fn lock(&self) -> MutexGuard<'_, Receiver<Request>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The named signals whose default action ends a program, in the middle of whatever it is doing.
/// (SIGPIPE and SIGXFSZ are ignored, and become errors of `write`. SIGABRT, SIGBUS, SIGFPE, SIGILL,
/// SIGSEGV, SIGSYS and SIGTRAP report a fault of our own, and end it as ever.)
const DEADLY: [Signal; 13] = [
    Signal::SIGHUP,
    Signal::SIGINT,
    Signal::SIGQUIT,
    Signal::SIGTERM,
    Signal::SIGALRM,
    Signal::SIGUSR1,
    Signal::SIGUSR2,
    Signal::SIGIO,
    Signal::SIGPROF,
    Signal::SIGPWR,
    Signal::SIGSTKFLT,
    Signal::SIGVTALRM,
    Signal::SIGXCPU,
];

// ANCHOR: watch-signals
/// Blocks these signals in the calling thread, and in every thread that it starts from now on, and
/// starts one that waits for them. One that was ignored when the program started stays ignored:
/// whoever typed `nohup`, or `&` in a script, has asked for that.
pub(super) fn watch_signals() -> anyhow::Result<(Sender<Request>, Requests)> {
    let signals = set_of(deadly().filter(|signal| !is_ignored(*signal)));
    let mut blocked = signals;
    blocked.add(WAKE);
    blocked.thread_block().map_err(|errno| failure("cannot block signals", errno.desc(), errno))?;
    let (sender, receiver) = mpsc::channel();
    let requests = sender.clone();
    let forward = move || {
        while let Some(signal) = wait_for(&signals) {
            let request =
                if signal == Signal::SIGQUIT as c_int { Request::Quit } else { Request::Stop };
            if requests.send(request).is_err() {
                return;
            }
        }
    };
    thread::Builder::new().spawn(forward).map_err(|error| thread_failure(&error))?;
    Ok((sender, Requests(Arc::new(Mutex::new(receiver)))))
}
// ANCHOR_END: watch-signals

/// By number, because the real-time signals, which end a program too, have no names.
fn deadly() -> impl Iterator<Item = c_int> {
    let named = DEADLY.into_iter().map(|signal| signal as c_int);
    named.chain(libc::SIGRTMIN()..=libc::SIGRTMAX())
}

fn set_of(signals: impl Iterator<Item = c_int>) -> SigSet {
    let mut set = *SigSet::empty().as_ref();
    for signal in signals {
        // SAFETY: the set is initialised, and borrowed mutably; a wrong number gives an errno.
        let added = unsafe { libc::sigaddset(&raw mut set, signal) };
        assert_eq!(added, 0, "signal {signal} exists");
    }
    // SAFETY: sigemptyset has initialised it, inside `empty`.
    unsafe { SigSet::from_sigset_t_unchecked(set) }
}

/// Takes the next of these signals, which all threads block.
fn wait_for(signals: &SigSet) -> Option<c_int> {
    let mut signal = 0;
    // SAFETY: it reads the set and writes one number, and both are there.
    let done = unsafe { libc::sigwait(signals.as_ref(), &raw mut signal) };
    (done == 0).then_some(signal)
}

/// Whether this process ignores the signal.
#[must_use]
pub fn is_ignored(signal: c_int) -> bool {
    let mut action = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: without a new action (null) nothing is changed; the old one is written at the second
    // pointer, where there is space for one.
    let done = unsafe { libc::sigaction(signal, ptr::null(), action.as_mut_ptr()) };
    if done != 0 {
        return false; // no such signal here
    }
    // SAFETY: the call has succeeded, so it has written the action.
    let action = unsafe { action.assume_init() };
    action.sa_sigaction == libc::SIG_IGN
}
