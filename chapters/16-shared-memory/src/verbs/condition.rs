//! A condition variable between processes, of which one is killed while it waits.

use std::cell::UnsafeCell;
use std::mem::MaybeUninit;
use std::num::NonZeroUsize;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous};
use streams::{Failure, stdout};

use super::children::{Child, ready};
use super::shared::failed;

const ROUNDS: u32 = 5;
const PATIENCE: Duration = Duration::from_secs(1);

/// Kills a process that waits, and then lets others wait and be woken, one after the other.
pub(crate) fn condition() -> Result<(), Failure> {
    let mut output = stdout()?;
    let cannot = |errno| failed("the condition variable", errno);
    let condition = Condition::new().map_err(cannot)?;
    condition.waiter().and_then(Child::kill).map_err(cannot)?;
    let mut print = |line: String| output.line(line).map_err(|error| Failure::output(&error));
    print("a process waits, and is killed".to_owned())?;
    let mut waiter = None;
    let mut woken = 0;
    for round in 1..=ROUNDS {
        let what = if waiter.is_some() {
            "a third signals again"
        } else {
            "another waits, a third signals"
        };
        let sleeper = match waiter.take() {
            Some(sleeper) => sleeper,
            None => condition.waiter().map_err(cannot)?,
        };
        let signaller = Child::start(|_| condition.signal()).map_err(cannot)?;
        let end = Instant::now() + PATIENCE;
        let done = || {
            let signalled = condition.signalled.load(Ordering::Acquire) == round;
            (signalled, condition.woken.load(Ordering::Acquire) > woken)
        };
        while done() != (true, true) && Instant::now() < end {
            sleep(Duration::from_millis(1));
        }
        let (has_signalled, has_woken) = done();
        let outcome = match (has_signalled, has_woken) {
            (false, _) => "pthread_cond_signal has still not returned after 1 s",
            (true, false) => "the one that waits still sleeps after 1 s",
            (true, true) => "it wakes up",
        };
        print(format!("{what}: {outcome}"))?;
        signaller.kill().map_err(cannot)?;
        if has_woken && has_signalled {
            sleeper.wait().map_err(cannot)?;
            woken += 1;
        } else if has_signalled {
            waiter = Some(sleeper);
        } else {
            return sleeper.kill().map_err(cannot);
        }
    }
    waiter.map_or(Ok(()), Child::kill).map_err(cannot)?;
    output.line("the condition variable goes on").map_err(|error| Failure::output(&error))
}

/// In memory that children inherit; never unmapped.
struct Condition {
    mutex: UnsafeCell<libc::pthread_mutex_t>,
    condition: UnsafeCell<libc::pthread_cond_t>,
    signalled: AtomicU32,
    woken: AtomicU32,
}

impl Condition {
    fn new() -> nix::Result<&'static Condition> {
        let size = NonZeroUsize::new(size_of::<Condition>()).ok_or(Errno::EINVAL)?;
        let both = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        // SAFETY: the kernel chooses the place, so no other mapping is replaced.
        let start = unsafe { mmap_anonymous(None, size, both, MapFlags::MAP_SHARED) }?;
        let start: NonNull<Condition> = start.cast();
        // SAFETY: it begins at a page, is large enough, never unmapped, and all zeros, which is a
        // value of each part.
        let new: &Condition = unsafe { start.as_ref() };
        let mut attributes = MaybeUninit::uninit();
        // SAFETY: it writes the structure at the pointer, where there is room for one.
        done(unsafe { libc::pthread_mutexattr_init(attributes.as_mut_ptr()) })?;
        let shared = libc::PTHREAD_PROCESS_SHARED;
        // SAFETY: the attributes have been initialised.
        done(unsafe { libc::pthread_mutexattr_setpshared(attributes.as_mut_ptr(), shared) })?;
        // SAFETY: nobody uses the mutex yet, and the attributes have been initialised.
        done(unsafe { libc::pthread_mutex_init(new.mutex.get(), attributes.as_ptr()) })?;
        let mut attributes = MaybeUninit::uninit();
        // SAFETY: it writes the structure at the pointer, where there is room for one.
        done(unsafe { libc::pthread_condattr_init(attributes.as_mut_ptr()) })?;
        // SAFETY: the attributes have been initialised.
        done(unsafe { libc::pthread_condattr_setpshared(attributes.as_mut_ptr(), shared) })?;
        // SAFETY: nobody uses it yet, and the attributes have been initialised.
        done(unsafe { libc::pthread_cond_init(new.condition.get(), attributes.as_ptr()) })?;
        Ok(new)
    }

    /// A child that waits: it sleeps, or is about to, and a signal after this wakes it.
    fn waiter(&self) -> nix::Result<Child> {
        let child = Child::start(|report| {
            self.lock()?;
            ready(report)?;
            // SAFETY: both are initialised, and this process has the mutex.
            done(unsafe { libc::pthread_cond_wait(self.condition.get(), self.mutex.get()) })?;
            self.woken.fetch_add(1, Ordering::Release);
            self.unlock()
        })?;
        child.read(1);
        // The child gives the mutex up when it waits, and not before.
        self.lock()?;
        self.unlock()?;
        Ok(child)
    }

    fn signal(&self) -> nix::Result<()> {
        // SAFETY: it is initialised.
        done(unsafe { libc::pthread_cond_signal(self.condition.get()) })?;
        self.signalled.fetch_add(1, Ordering::Release);
        Ok(())
    }

    fn lock(&self) -> nix::Result<()> {
        // SAFETY: it is initialised.
        done(unsafe { libc::pthread_mutex_lock(self.mutex.get()) })
    }

    fn unlock(&self) -> nix::Result<()> {
        // SAFETY: it is initialised, and this process has it.
        done(unsafe { libc::pthread_mutex_unlock(self.mutex.get()) })
    }
}

/// The pthread functions return the errno.
fn done(errno: i32) -> nix::Result<()> {
    if errno == 0 { Ok(()) } else { Err(Errno::from_raw(errno)) }
}
