//! The ring of a server: made, or taken over from one that is dead, and removed in the end.

use std::mem;
use std::os::fd::OwnedFd;
use std::process;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg};
use nix::sys::stat::fstat;

use crate::name::{create_ours, open_ours};
use crate::{Ring, Shape, unlink};

/// A ring and the right to serve it, which one process at a time has.
///
/// That right is a lock on the file (`flock`): the kernel gives it back when the process is dead,
/// however it died, and every child that it forked and that did not start another program.
/// Dropped, the ring stays, and what is in it waits for the next server;
/// [`remove`](OwnedRing::remove) removes it. A forked child that drops its copy leaves both alone.
#[derive(Debug)]
pub struct OwnedRing {
    ring: Ring,
    /// Only whoever has this removes the name.
    lock: Option<Flock<OwnedFd>>,
    name: String,
    /// The process that has it.
    server: u32,
}

impl OwnedRing {
    /// Makes the ring of this name, or takes over the one that a dead server has left: then the
    /// number of messages that wait in it. It is open, and has the shape that it had.
    ///
    /// # Errors
    ///
    /// `EBUSY`: another server is alive. A sender that was stopped in the middle of its call holds
    /// this up, see [`Ring`]. The others as for [`Ring::create_new`] and [`Ring::open`],
    /// without `EEXIST`, `ENOENT` and `EAGAIN`.
    pub fn serve(name: &str, shape: Shape) -> nix::Result<(OwnedRing, Option<u64>)> {
        loop {
            let (file, is_new) = match open_ours(name) {
                Ok(file) => (file, false),
                Err(Errno::ENOENT) => match create_ours(name) {
                    Ok(file) => (file, true),
                    Err(Errno::EEXIST) => continue,
                    Err(errno) => return Err(errno),
                },
                Err(errno) => return Err(errno),
            };
            let lock = match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
                Ok(lock) => lock,
                Err((_, Errno::EAGAIN)) => return Err(Errno::EBUSY),
                Err((_, errno)) => return Err(errno),
            };
            // The name may have been removed, and used again, before we had the lock.
            if fstat(&*lock)?.st_nlink == 0 {
                continue;
            }
            let ring = if is_new {
                Ring::make(&*lock, shape).inspect_err(|_| {
                    // Half a ring is none. That it cannot be removed is not the first problem.
                    let _ = unlink(name);
                })
            } else {
                Ring::map(&*lock)
            };
            let ring = match ring {
                Ok(ring) => ring,
                // Its maker had the lock, and is dead, or is about to find the name gone.
                Err(Errno::EAGAIN) => {
                    unlink(name)?;
                    continue;
                }
                Err(errno) => return Err(errno),
            };
            let waiting = if is_new { None } else { Some(ring.len()?) };
            // It may have been closed by a server that was killed before it had removed it.
            ring.reopen()?;
            let (lock, name, server) = (Some(lock), name.to_owned(), process::id());
            return Ok((OwnedRing { ring, lock, name, server }, waiting));
        }
    }

    /// The ring.
    #[must_use]
    pub fn ring(&self) -> &Ring {
        &self.ring
    }

    /// Removes the name. Close the ring before, and receive what is in it.
    ///
    /// # Errors
    ///
    /// `ENOENT`: somebody else has removed it. What has that name now is left alone. `EPERM`: this
    /// is a forked child, and the right is its parent's.
    pub fn remove(self) -> nix::Result<()> {
        match &self.lock {
            Some(lock) if self.server == process::id() => match fstat(&**lock)?.st_nlink {
                0 => Err(Errno::ENOENT),
                _ => unlink(&self.name),
            },
            _ => Err(Errno::EPERM),
        }
    }
}

impl Drop for OwnedRing {
    fn drop(&mut self) {
        if self.server != process::id() {
            // The two share one lock: whoever unlocks it takes it from the other one, too. What
            // stays open is closed at the child's end.
            mem::forget(self.lock.take());
        }
    }
}
