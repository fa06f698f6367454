//! The names of rings, and whose they are.

use std::os::fd::OwnedFd;

use nix::errno::Errno;
use nix::fcntl::OFlag;
use nix::sys::mman::{shm_open, shm_unlink};
use nix::sys::stat::{Mode, fchmod, fstat};
use nix::unistd::geteuid;

/// Removes a name. Who has the ring open keeps it.
///
/// # Errors
///
/// `ENOENT`: there is none. `EACCES`: it is another user's.
#[doc(alias = "shm_unlink")]
pub fn unlink(name: &str) -> nix::Result<()> {
    shm_unlink(name)
}

/// Makes an empty file in memory, with a name that is not in use, for this user alone.
pub(crate) fn create_ours(name: &str) -> nix::Result<OwnedFd> {
    let flags = OFlag::O_RDWR | OFlag::O_CREAT | OFlag::O_EXCL;
    let mode = Mode::S_IRUSR | Mode::S_IWUSR;
    let file = shm_open(name, flags, mode).map_err(|errno| match errno {
        // What is not there cannot be the name, which is about to be made.
        Errno::ENOENT => Errno::ENOSYS,
        errno => errno,
    })?;
    // The umask can have taken rights from its owner: nobody could open it again.
    fchmod(&file, mode).map(|()| file).inspect_err(|_| {
        let _ = unlink(name);
    })
}

/// Opens the memory of this name, if it is this user's, and its mode lets nobody else in.
pub(crate) fn open_ours(name: &str) -> nix::Result<OwnedFd> {
    let file = shm_open(name, OFlag::O_RDWR, Mode::empty())?;
    let status = fstat(&file)?;
    if status.st_uid != geteuid().as_raw() || status.st_mode & 0o077 != 0 {
        return Err(Errno::EPERM);
    }
    if status.st_mode & libc::S_IFMT != libc::S_IFREG {
        return Err(Errno::EBADMSG);
    }
    Ok(file)
}
