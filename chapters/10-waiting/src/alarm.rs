//! A signal that ends a sleep, and that cannot come too early for it.
//!
//! Whoever sleeps in msgsnd(2) or msgrcv(2) is woken by a signal with a handler, with `EINTR`. A
//! signal that is sent once, as alarm(2) does, may arrive before the sleep has begun. Its handler
//! runs, nobody is woken, and the sleep that begins then has no end: a *lost wakeup*. No
//! check of the clock closes the gap, since the signal can always come after the check.
//!
//! An [`Alarm`] therefore repeats its signal until it is dropped. The one that came too early is
//! lost as before, and the next one, a millisecond later, wakes the sleeper.

pub(crate) mod signal;
mod timer;

use std::time::Instant;

pub use signal::{alarm_signal, set_alarm_signal};

/// Interrupts whatever the calling thread sleeps in, from a deadline on, until it is dropped.
///
/// The thread gets [`alarm_signal`] at the deadline and again each millisecond. The handler does
/// nothing, but a call that sleeps in msgsnd(2), msgrcv(2) or semop(2) returns `EINTR`. Calls that
/// the kernel can restart, such as read(2), do not notice.
///
/// Whether the thread had blocked the signal does not matter: it is unblocked as long as the alarm
/// lives. (Of several alarms in one thread drop the youngest first: the first one that found the
/// signal blocked blocks it again when it goes, for the others as well.) No other thread is
/// interrupted. A forked child does not inherit the alarm.
#[derive(Debug)]
#[must_use = "an alarm that is dropped does not ring"]
pub struct Alarm {
    // Fields are dropped from first to last. The last signal of the timer has been handled when
    // the timer is gone, so that none can be left to stay pending once the signal is blocked again.
    _timer: timer::Timer,
    _unblocked: signal::Unblocked,
}

impl Alarm {
    /// An alarm that rings from this moment on: at once if it has passed.
    ///
    /// # Errors
    ///
    /// - `EBUSY`: somebody else handles [`alarm_signal`] in this program; see [`set_alarm_signal`].
    /// - `ENOMEM`: the kernel has no memory for a timer, or this user has as many timers and
    ///   pending signals as are allowed (`RLIMIT_SIGPENDING`).
    ///
    /// See timer_create(2).
    #[doc(alias = "timer_create")]
    #[doc(alias = "SIGEV_THREAD_ID")]
    pub fn at(deadline: Instant) -> nix::Result<Alarm> {
        let signal = signal::claim(alarm_signal())?;
        let _unblocked = signal::Unblocked::new(signal)?;
        let _timer = timer::Timer::for_this_thread(signal)?;
        _timer.ring_from(deadline)?;
        Ok(Alarm { _timer, _unblocked })
    }
}
