//! The ring of a server: made, or taken over from one that is dead, and removed in the end.

use std::os::fd::OwnedFd;

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg, OFlag};
use nix::sys::mman::shm_open;
use nix::sys::stat::{Mode, fstat};

use crate::ring::open_ours;
use crate::{Ring, Shape, unlink};

/// A ring and the right to serve it, which one process at a time has.
///
/// That right is a lock on the file (`flock`): the kernel gives it back when the process is dead,
/// however it died. Dropped, the ring stays, and what is in it waits for the next server;
/// [`remove`](OwnedRing::remove) removes it.
#[derive(Debug)]
pub struct OwnedRing {
    ring: Ring,
    /// Only whoever has this removes the name.
    lock: Flock<OwnedFd>,
    name: String,
}

impl OwnedRing {
    /// Makes the ring of this name, or takes over the one that a dead server has left: then the
    /// number of messages that wait in it. It is open, and has the shape that it had.
    ///
    /// # Errors
    ///
    /// `EBUSY`: another server is alive. The others as for [`Ring::create_new`] and [`Ring::open`],
    /// without `EEXIST`, `ENOENT` and `EAGAIN`.
    pub fn serve(name: &str, shape: Shape) -> nix::Result<(OwnedRing, Option<u64>)> {
        loop {
            let (file, is_new) = match open_ours(name) {
                Ok(file) => (file, false),
                Err(Errno::ENOENT) => {
                    let flags = OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_EXCL;
                    match shm_open(name, flags, Mode::S_IRUSR | Mode::S_IWUSR) {
                        Ok(file) => (file, true),
                        Err(Errno::EEXIST) => continue,
                        Err(errno) => return Err(errno),
                    }
                }
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
            return Ok((OwnedRing { ring, lock, name: name.to_owned() }, waiting));
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
    /// `ENOENT`: somebody else has removed it. What has that name now is left alone.
    pub fn remove(self) -> nix::Result<()> {
        match fstat(&*self.lock)?.st_nlink {
            0 => Err(Errno::ENOENT),
            _ => unlink(&self.name),
        }
    }
}
