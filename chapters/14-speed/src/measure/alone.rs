//! A place where nobody else's queues are, and where limits may be set.

use std::fs;

use anyhow::{Context, Result, bail};
use nix::errno::Errno;
use nix::sched::{CloneFlags, unshare};
use nix::unistd::{getgid, getuid};

const REMEDY: &str = "an IPC namespace of its own is not permitted here (EPERM), and this program measures \
                      nowhere else: run it as root, or allow user namespaces";

/// Moves this process into an IPC namespace of its own; where that takes it, as the root of a user
/// namespace of its own.
///
/// Its queues are there while it runs, and not a moment longer: however it ends, none is left.
///
/// # Errors
///
/// Neither is permitted.
pub fn enter_namespace() -> Result<()> {
    match unshare(CloneFlags::CLONE_NEWIPC) {
        Ok(()) => return Ok(()),
        Err(Errno::EPERM) => {}
        Err(errno) => bail!("unshare: no IPC namespace ({errno:?})"),
    }
    let (user, group) = (getuid(), getgid());
    match unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWIPC) {
        Ok(()) => {}
        // EPERM: forbidden. ENOSPC: `user.max_user_namespaces` is used up, or 0.
        Err(Errno::EPERM | Errno::ENOSPC) => bail!(REMEDY),
        Err(errno) => bail!("unshare: no user namespace ({errno:?})"),
    }
    // Without these three lines it would be nobody in there.
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/uid_map", format!("0 {user} 1"))?;
    fs::write("/proc/self/gid_map", format!("0 {group} 1"))?;
    Ok(())
}

/// Sets `msgmnb` in this namespace: how many bytes a queue holds that is made from now on.
///
/// # Errors
///
/// This process may not, or it is in everybody's namespace, where nothing must be changed.
pub fn set_queue_capacity(bytes: u64) -> Result<()> {
    let file = "/proc/sys/kernel/msgmnb";
    fs::write(file, bytes.to_string()).with_context(|| format!("{file} cannot be set to {bytes}"))
}
