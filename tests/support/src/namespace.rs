//! IPC namespaces: each has its own queues, its own ids and its own limits.

use crate::tell::tell;
use nix::errno::Errno;
use nix::sched::{CloneFlags, setns, unshare};
use nix::unistd::{getgid, getuid};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;

const THIS_THREAD: &str = "/proc/thread-self/ns/ipc";

/// Which IPC namespace the calling thread is in: the inode number behind `/proc`'s link.
pub(crate) fn current_namespace() -> u64 {
    let file = fs::metadata(THIS_THREAD);
    file.unwrap_or_else(|error| panic!("{THIS_THREAD}: {error} (is /proc mounted?)")).ino()
}

/// An IPC namespace that the calling thread has entered. Threads and programs that it starts from
/// now on begin in it, too; when the last of them has gone, the kernel discards the namespace with
/// everything in it.
pub(crate) struct Namespace {
    before: File,
}

impl Namespace {
    /// Takes `CAP_SYS_ADMIN`; anybody else gets `EPERM`.
    pub(crate) fn enter() -> nix::Result<Namespace> {
        let before = File::open(THIS_THREAD)
            .map_err(|error| error.raw_os_error().map_or(Errno::EIO, Errno::from_raw))?;
        unshare(CloneFlags::CLONE_NEWIPC)?;
        Ok(Namespace { before })
    }
}

impl Drop for Namespace {
    /// Goes back: the thread may run another test, or be in the middle of an outer room.
    fn drop(&mut self) {
        if let Err(errno) = setns(&self.before, CloneFlags::CLONE_NEWIPC) {
            tell(&format!("cannot return to the IPC namespace of before: {errno}"));
        }
    }
}

/// Moves the whole process into a user namespace, as the root of it, who may make IPC namespaces.
///
/// Only a process with a single thread may, and it cannot go back.
pub(crate) fn become_root_of_user_namespace() -> io::Result<()> {
    let (user, group) = (getuid(), getgid());
    unshare(CloneFlags::CLONE_NEWUSER)?;
    // Without these three lines we would be nobody in there.
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/uid_map", format!("0 {user} 1"))?;
    fs::write("/proc/self/gid_map", format!("0 {group} 1"))
}
