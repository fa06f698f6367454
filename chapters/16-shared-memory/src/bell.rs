//! Sleeping until another process has done something: a futex, and never for long.

use std::ffi::{c_int, c_long};
use std::ptr;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering, fence};
use std::time::{Duration, Instant};

use nix::errno::Errno;

/// The longest sleep. Whoever should have woken us may have been killed just before; then this is
/// how late we are.
pub(crate) const NAP: Duration = Duration::from_millis(100);

/// How often a process has asked the kernel to sleep, and to wake somebody.
static SLEEPS: AtomicU64 = AtomicU64::new(0);
static WAKES: AtomicU64 = AtomicU64::new(0);

/// The futex calls that this process has made for its rings: sleeps, and wakes.
///
/// A message that needs neither costs no system call. Of two that take turns, each needs both.
#[must_use]
pub fn futex_calls() -> (u64, u64) {
    (SLEEPS.load(Ordering::Relaxed), WAKES.load(Ordering::Relaxed))
}

/// One number in shared memory. It is odd while somebody may be asleep beside it.
#[derive(Debug)]
#[repr(C, align(64))]
pub(crate) struct Bell(AtomicU32);

// ANCHOR: bell
impl Bell {
    /// Says that the caller is about to sleep; it then looks once more, and only then sleeps.
    pub(crate) fn listen(&self) -> u32 {
        let seen = self.0.fetch_or(1, Ordering::Relaxed) | 1;
        // Before the caller looks. With the fence in `ring`, either the caller sees what has been
        // published, or the publisher sees the 1.
        fence(Ordering::SeqCst);
        seen
    }

    /// Sleeps until the bell rings, or has rung since `listen`; no longer than a nap.
    pub(crate) fn sleep(&self, seen: u32, time: Duration) -> nix::Result<()> {
        match futex_wait(&self.0, seen, time.min(NAP)) {
            Err(Errno::EAGAIN | Errno::ETIMEDOUT) => Ok(()),
            slept => slept,
        }
    }

    /// Wakes all who sleep, if somebody may; called after something has been published.
    ///
    /// All of them: if one alone were woken, and killed before it took the message, the others
    /// would sleep beside it.
    pub(crate) fn ring(&self) {
        fence(Ordering::SeqCst);
        let seen = self.0.load(Ordering::Relaxed);
        let rung = seen.wrapping_add(1);
        // If another has changed it meanwhile, that one rings.
        if seen % 2 == 1
            && self.0.compare_exchange(seen, rung, Ordering::Relaxed, Ordering::Relaxed).is_ok()
        {
            futex_wake_all(&self.0);
        }
    }
}
// ANCHOR_END: bell

/// Tries until it succeeds, `Some`, or the deadline has passed, `None`; sleeps in between.
///
/// # Errors
///
/// Those of the attempt. `EINTR`: a signal interrupted the sleep.
pub(crate) fn attempt_until<T>(
    bell: &Bell,
    deadline: Option<Instant>,
    mut attempt: impl FnMut() -> nix::Result<Option<T>>,
) -> nix::Result<Option<T>> {
    loop {
        if let Some(done) = attempt()? {
            return Ok(Some(done));
        }
        let left = deadline.map_or(NAP, |end| end.saturating_duration_since(Instant::now()));
        if left.is_zero() {
            return Ok(None);
        }
        let seen = bell.listen();
        if let Some(done) = attempt()? {
            return Ok(Some(done));
        }
        bell.sleep(seen, left)?;
    }
}

/// As the system call wants it, on machines of 32 and of 64 bits.
#[repr(C)]
struct Timespec {
    seconds: c_long,
    nanoseconds: c_long,
}

fn futex_wait(word: &AtomicU32, seen: u32, time: Duration) -> nix::Result<()> {
    SLEEPS.fetch_add(1, Ordering::Relaxed);
    // A nap at most, so both numbers fit.
    let time = Timespec {
        seconds: time.as_secs() as c_long,
        nanoseconds: c_long::from(time.subsec_nanos() as i32),
    };
    // FUTEX_WAIT and not FUTEX_WAIT_PRIVATE: who wakes us is another process.
    // SAFETY: the kernel reads the number at `word`, which is aligned and lives through the call,
    // and the time. It writes nothing. This command ignores the last two arguments.
    let slept = unsafe {
        libc::syscall(libc::SYS_futex, word.as_ptr(), libc::FUTEX_WAIT, seen, &raw const time)
    };
    Errno::result(slept).map(drop)
}

fn futex_wake_all(word: &AtomicU32) {
    WAKES.fetch_add(1, Ordering::Relaxed);
    // It can fail if a peer plays tricks with this futex, and then its own sleep is what suffers.
    // SAFETY: for FUTEX_WAKE the address is a name; the kernel reads and writes nothing there.
    let _ = unsafe {
        libc::syscall(
            libc::SYS_futex,
            word.as_ptr(),
            libc::FUTEX_WAKE,
            c_int::MAX,
            ptr::null::<()>(),
        )
    };
}

// SAFETY: an atomic number.
unsafe impl crate::memory::Shared for Bell {}
