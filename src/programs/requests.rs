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

/// The signals whose default action ends a program, in the middle of whatever it is doing. (SIGPIPE
/// and SIGXFSZ are ignored, and become errors of `write`. A fault of our own, SIGSEGV or SIGABRT,
/// ends it as ever.)
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
    let signals = SigSet::from_iter(DEADLY.into_iter().filter(|signal| !is_ignored(*signal)));
    let mut blocked = signals;
    blocked.add(WAKE);
    blocked
        .thread_block()
        .map_err(|errno| failure("cannot block signals", errno.desc(), errno))?;
    let (sender, receiver) = mpsc::channel();
    let requests = sender.clone();
    let forward = move || {
        while let Ok(signal) = signals.wait() {
            let request = match signal {
                Signal::SIGQUIT => Request::Quit,
                _ => Request::Stop,
            };
            if requests.send(request).is_err() {
                return;
            }
        }
    };
    thread::Builder::new()
        .spawn(forward)
        .map_err(|error| thread_failure(&error))?;
    Ok((sender, Requests(Arc::new(Mutex::new(receiver)))))
}
// ANCHOR_END: watch-signals

fn is_ignored(signal: Signal) -> bool {
    let mut action = MaybeUninit::<libc::sigaction>::uninit();
    // SAFETY: without a new action (null) nothing is changed; the old one is written behind the
    // second pointer, where there is room for one.
    let done = unsafe { libc::sigaction(signal as c_int, ptr::null(), action.as_mut_ptr()) };
    if done != 0 {
        return false; // no such signal here
    }
    // SAFETY: the call has succeeded, so it has written the action.
    let action = unsafe { action.assume_init() };
    action.sa_sigaction == libc::SIG_IGN
}
