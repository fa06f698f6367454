//! A mutex between processes that survives its owner.

use std::cell::UnsafeCell;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::time::{ClockId, clock_gettime};

use crate::bell::NAP;
use crate::memory::Shared;

/// A robust mutex in shared memory: if the process that has it dies, the next one gets it, and is
/// told so.
///
/// The C library keeps pointers in it: in memory that a stranger can write, a mutex is a way to
/// write into *our* memory. See [`SealedSender`](crate::SealedSender) for those.
#[repr(C, align(64))]
pub(crate) struct Door(UnsafeCell<libc::pthread_mutex_t>);

// SAFETY: everything is in an `UnsafeCell`, and each pattern of bytes is a C structure.
unsafe impl Shared for Door {}
// SAFETY: a mutex is there to be used by several threads.
unsafe impl Sync for Door {}

/// The right to be inside, alone.
pub(crate) struct Inside<'a> {
    door: &'a Door,
    /// The thread that has locked a mutex must be the one that unlocks it.
    not_send: PhantomData<*const ()>,
}

impl Door {
    /// Makes the mutex, in memory that nobody else uses yet.
    pub(crate) fn install(&self) -> nix::Result<()> {
        let mut attributes = MaybeUninit::uninit();
        // SAFETY: it writes the structure at the pointer, where there is room for one.
        done(unsafe { libc::pthread_mutexattr_init(attributes.as_mut_ptr()) })?;
        // SAFETY: the attributes have been initialised.
        done(unsafe {
            libc::pthread_mutexattr_setpshared(
                attributes.as_mut_ptr(),
                libc::PTHREAD_PROCESS_SHARED,
            )
        })?;
        // SAFETY: the attributes have been initialised.
        done(unsafe {
            libc::pthread_mutexattr_setrobust(attributes.as_mut_ptr(), libc::PTHREAD_MUTEX_ROBUST)
        })?;
        // SAFETY: the memory is there, and nobody uses the mutex before it is finished: the header
        // gets its magic number afterwards.
        done(unsafe { libc::pthread_mutex_init(self.0.get(), attributes.as_ptr()) })?;
        // SAFETY: the attributes have been initialised, and are not used any more.
        done(unsafe { libc::pthread_mutexattr_destroy(attributes.as_mut_ptr()) })
    }

    // ANCHOR: enter
    /// Goes in, alone, if nobody else is inside.
    pub(crate) fn try_enter(&self) -> nix::Result<Option<Inside<'_>>> {
        // SAFETY: the mutex was initialised before the header was finished, and this memory is
        // written by processes of our own user alone (`open_ours`), which keep to the rules.
        self.entered(unsafe { libc::pthread_mutex_trylock(self.0.get()) })
    }

    /// Goes in, alone. `None`: whoever is inside has not come out in time.
    pub(crate) fn enter(&self, deadline: Option<Instant>) -> nix::Result<Option<Inside<'_>>> {
        let mut inside = self.try_enter()?;
        while inside.is_none() {
            let left = deadline.map_or(NAP, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return Ok(None);
            }
            let end = wall_clock(left.min(NAP))?;
            // SAFETY: as for `try_enter`, and the time is there to be read.
            let errno = unsafe { libc::pthread_mutex_timedlock(self.0.get(), &raw const end) };
            inside = self.entered(errno)?;
        }
        Ok(inside)
    }

    fn entered(&self, errno: i32) -> nix::Result<Option<Inside<'_>>> {
        match errno {
            0 => {}
            libc::EBUSY | libc::ETIMEDOUT => return Ok(None),
            libc::EOWNERDEAD => {
                // Whoever was inside has been killed, and there is nothing to repair: all that it
                // may have changed is a slot that does not count yet, or one number, as a whole.
                // SAFETY: this thread has just got the mutex, with this errno.
                done(unsafe { libc::pthread_mutex_consistent(self.0.get()) })?;
            }
            errno => return Err(Errno::from_raw(errno)),
        }
        Ok(Some(Inside { door: self, not_send: PhantomData }))
    }
    // ANCHOR_END: enter

    /// For calls that do not wait: others are inside for as long as it takes to copy a message.
    ///
    /// `EBUSY`: somebody stands still there.
    pub(crate) fn enter_soon(&self) -> nix::Result<Inside<'_>> {
        match self.try_enter()? {
            Some(inside) => Ok(inside),
            None => self.enter(Some(Instant::now() + NAP))?.ok_or(Errno::EBUSY),
        }
    }
}

impl Drop for Inside<'_> {
    fn drop(&mut self) {
        // SAFETY: this thread has locked it, for an `Inside` cannot be sent to another one.
        let unlocked = unsafe { libc::pthread_mutex_unlock(self.door.0.get()) };
        debug_assert_eq!(unlocked, 0, "whoever has a mutex can unlock it");
    }
}

/// So much from now, on the clock of the wall, which is the only one that all C libraries know
/// here. Whoever sets it back makes a wait that much longer.
fn wall_clock(time: Duration) -> nix::Result<libc::timespec> {
    let end = Duration::from(clock_gettime(ClockId::CLOCK_REALTIME)?) + time;
    Ok(*nix::sys::time::TimeSpec::from_duration(end).as_ref())
}

/// The pthread functions return the errno.
fn done(errno: i32) -> nix::Result<()> {
    if errno == 0 { Ok(()) } else { Err(Errno::from_raw(errno)) }
}
