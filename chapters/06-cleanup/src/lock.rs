//! One change at a time: what holds reading and writing together.
//!
//! An IPC namespace shows itself as a file, `/proc/thread-self/ns/ipc`, and everybody in the
//! namespace opens the same one, so a lock on it (flock(2)) is a lock of exactly those who see the
//! same queues. The kernel releases it when its holder dies.
//!
//! # Limits
//!
//! Whoever is in the namespace can take the lock and keep it. So it is waited for at most a second,
//! and then not respected. Without `/proc`, or where no file can be opened, nothing is locked.

use std::fs::File;
use std::thread::sleep;
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};

/// Longer than any number of honest programs takes that stand in line.
const PATIENCE: Duration = Duration::from_secs(1);

/// Waits for the lock; dropping it lets the next one in.
pub(crate) fn lock() -> Option<Flock<File>> {
    let give_up = Instant::now() + PATIENCE;
    let mut file = File::open("/proc/thread-self/ns/ipc").ok()?;
    let mut pause = Duration::from_micros(20);
    loop {
        match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            Ok(lock) => return Some(lock),
            Err((returned, Errno::EAGAIN)) if Instant::now() < give_up => file = returned,
            Err(_) => return None,
        }
        sleep(pause);
        pause = (2 * pause).min(Duration::from_millis(1));
    }
}
