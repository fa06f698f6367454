//! What the main thread is told, wherever it is asleep.

use std::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use nix::sys::signal::{self, SaFlags, SigAction, SigHandler, SigSet, Signal};
use nix::unistd::Pid;

use super::failure;

/// How far the main thread shall go on. Each order includes the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Order {
    /// Take messages and show them.
    Serve,
    /// Take no more messages; show what has been taken.
    TakeNoMore,
    /// Not even that.
    ShowNoMore,
}

/// The order of the moment, and the bell that makes the main thread look at it.
#[derive(Clone)]
pub(super) struct Orders(Arc<AtomicU8>);

/// Rings the bell: a signal that nobody else uses, and that does nothing where it is not expected.
pub(super) const WAKE: Signal = Signal::SIGURG;

impl Orders {
    /// For the calling thread, which alone does not block the signal: so it is the one that the
    /// signal interrupts. The handler does nothing. It is there so that a call which sleeps fails
    /// with `EINTR`; none of those calls has taken or shown anything then.
    pub(super) fn to_this_thread() -> anyhow::Result<Orders> {
        extern "C" fn nothing(_: c_int) {}
        let action =
            SigAction::new(SigHandler::Handler(nothing), SaFlags::empty(), SigSet::empty());
        // SAFETY: the handler does nothing, which is safe at any moment; nobody else in this
        // program has a handler for this signal that would be lost.
        let installed = unsafe { signal::sigaction(WAKE, &action) };
        installed
            .and_then(|_before| SigSet::from(WAKE).thread_unblock())
            .map_err(|errno| failure("cannot handle SIGURG", errno.desc(), errno))?;
        Ok(Orders(Arc::new(AtomicU8::new(Order::Serve as u8))))
    }

    /// Gives an order. The main thread may just have looked and not sleep yet, so ring again until
    /// it has ended: a signal between the look and the sleep wakes nobody.
    pub(super) fn give(&self, order: Order) {
        self.0.store(order as u8, Ordering::Release);
        self.ring();
    }

    pub(super) fn ring(&self) {
        // It cannot fail: the signal exists, and we may signal ourselves.
        let _ = signal::kill(Pid::this(), WAKE);
    }

    /// Whether this order, or one that includes it, has been given.
    pub(super) fn include(&self, order: Order) -> bool {
        self.0.load(Ordering::Acquire) >= order as u8
    }
}
