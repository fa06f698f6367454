//! A timer that ends a sleep, behind a trait, so that a test can choose the worst moment.

use std::cell::Cell;
use std::mem::MaybeUninit;
use std::ptr;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};

/// A timer that interrupts this thread with a signal. The handler of the signal does nothing.
pub trait Alarm {
    /// From now on the signal comes: for the first time after `first`, and then after each `again`;
    /// if that is 0, no second time. As with timer_settime(2), a `first` of 0 sets nothing.
    fn arm(&self, first: Duration, again: Duration) -> nix::Result<()>;
    /// From now on no signal comes.
    fn disarm(&self);
    /// Whether `first` is over, since the timer was armed.
    fn is_over(&self) -> bool;
}

/// A timer of the kernel's, whose signal goes to the thread that has made it.
#[derive(Debug)]
pub struct ThreadAlarm {
    timer: libc::timer_t,
    armed: Cell<Option<(Instant, Duration)>>,
}

const SIGNAL: Signal = Signal::SIGUSR2;

extern "C" fn do_nothing(_: i32) {}

impl ThreadAlarm {
    /// A timer for this thread. It is not armed yet.
    ///
    /// # Errors
    ///
    /// Those of timer_create(2).
    pub fn new() -> nix::Result<ThreadAlarm> {
        let handler = SigHandler::Handler(do_nothing);
        let action = SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
        // SAFETY: the handler does nothing.
        unsafe { sigaction(SIGNAL, &action) }?;
        // SAFETY: a `sigevent` consists of numbers, pointers and padding: zeroes are valid.
        let mut event: libc::sigevent = unsafe { MaybeUninit::zeroed().assume_init() };
        event.sigev_notify = libc::SIGEV_THREAD_ID;
        event.sigev_signo = SIGNAL as i32;
        event.sigev_notify_thread_id = support::this_thread();
        let mut timer = ptr::null_mut();
        // SAFETY: the kernel reads a `sigevent` and writes a `timer_t`; both are ours.
        let made =
            unsafe { libc::timer_create(libc::CLOCK_MONOTONIC, &raw mut event, &raw mut timer) };
        Errno::result(made)?;
        Ok(ThreadAlarm { timer, armed: Cell::new(None) })
    }

    fn set(&self, first: Duration, again: Duration) -> nix::Result<()> {
        let times = libc::itimerspec { it_value: spec(first), it_interval: spec(again) };
        // SAFETY: the timer is ours; the kernel reads an `itimerspec`, and writes none to null.
        let set = unsafe { libc::timer_settime(self.timer, 0, &raw const times, ptr::null_mut()) };
        Errno::result(set).map(drop)
    }
}

/// C's structure; more than the kernel takes becomes the most that it does.
fn spec(time: Duration) -> libc::timespec {
    let seconds = i32::try_from(time.as_secs()).unwrap_or(i32::MAX);
    let nanoseconds = i32::try_from(time.subsec_nanos()).expect("less than a second");
    libc::timespec { tv_sec: seconds.into(), tv_nsec: nanoseconds.into() }
}

impl Alarm for ThreadAlarm {
    fn arm(&self, first: Duration, again: Duration) -> nix::Result<()> {
        self.armed.set(Some((Instant::now(), first)));
        self.set(first, again)
    }

    fn disarm(&self) {
        self.set(Duration::ZERO, Duration::ZERO).expect("a timer of ours can be disarmed");
    }

    fn is_over(&self) -> bool {
        self.armed.get().is_some_and(|(since, first)| since.elapsed() >= first)
    }
}

impl Drop for ThreadAlarm {
    fn drop(&mut self) {
        // SAFETY: the timer is ours, and nobody uses it any more.
        unsafe { libc::timer_delete(self.timer) };
    }
}
