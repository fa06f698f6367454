//! A timer that sends a signal to the thread that made it, again and again.

use std::mem::MaybeUninit;
use std::ptr;
use std::time::{Duration, Instant};

use ch06_cleanup::Process;
use nix::errno::Errno;
use nix::unistd::gettid;

/// How soon the signal comes again: so late is an alarm at most whose first signal was lost.
const AGAIN: Duration = Duration::from_millis(1);

/// A timer of the kernel; dropping it deletes it.
#[derive(Debug)]
pub(super) struct Timer {
    id: libc::timer_t,
    /// Whose it is: in a forked child the same ID is that of the child's own timer, or of none.
    process: Process,
}

impl Timer {
    // ANCHOR: timer
    /// A timer that does not run yet. Its signal is for the calling thread alone.
    pub(super) fn for_this_thread(signal: libc::c_int) -> nix::Result<Timer> {
        // SAFETY: numbers, a null pointer and padding: zeroes are valid for all of them.
        let mut event: libc::sigevent = unsafe { MaybeUninit::zeroed().assume_init() };
        event.sigev_notify = libc::SIGEV_THREAD_ID;
        event.sigev_signo = signal;
        event.sigev_notify_thread_id = gettid().as_raw();

        let mut id = ptr::null_mut();
        // SAFETY: the first pointer is to a `sigevent`, which is read, the second to a `timer_t`,
        // which is written. Both live until the call returns.
        let done =
            unsafe { libc::timer_create(libc::CLOCK_MONOTONIC, &raw mut event, &raw mut id) };
        match Errno::result(done) {
            Ok(_) => Ok(Timer { id, process: Process::current() }),
            // The kernel's word for "too many timers"; to a sender it would mean "full".
            Err(Errno::EAGAIN) => Err(Errno::ENOMEM),
            Err(errno) => Err(errno),
        }
    }

    /// Starts it: the first signal at the deadline, the others at intervals.
    pub(super) fn ring_from(&self, deadline: Instant) -> nix::Result<()> {
        let left = deadline.saturating_duration_since(Instant::now());
        let times = libc::itimerspec {
            // A first time of 0 would disarm the timer, for a deadline that has just passed.
            it_value: timespec(left.max(Duration::from_nanos(1))),
            it_interval: timespec(AGAIN),
        };
        // SAFETY: the kernel reads one `itimerspec`, which lives until the call returns, and may
        // write the times of before only where there is a pointer. The timer is ours: made above,
        // and deleted nowhere but in `drop`.
        let done = unsafe { libc::timer_settime(self.id, 0, &raw const times, ptr::null_mut()) };
        Errno::result(done).map(drop)
    }
    // ANCHOR_END: timer
}

impl Drop for Timer {
    fn drop(&mut self) {
        if self.process == Process::current() {
            // SAFETY: the call takes a number or, in the C library, what it made of it; it is ours,
            // of this process, and nobody uses it again.
            let _ = unsafe { libc::timer_delete(self.id) };
        }
    }
}

/// A time that does not fit is as good as 68 years, which fit where seconds have 32 bits.
fn timespec(time: Duration) -> libc::timespec {
    // SAFETY: numbers, and padding on some platforms: zeroes are valid for all of them.
    let mut spec: libc::timespec = unsafe { MaybeUninit::zeroed().assume_init() };
    spec.tv_sec = time.as_secs().try_into().unwrap_or(i32::MAX.into());
    spec.tv_nsec = time.subsec_nanos() as _;
    spec
}
