//! One measurement at a time.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, bail};
use nix::errno::Errno;
use nix::fcntl::{FcntlArg, fcntl};

/// Two at once would measure each other. The lock is this process's alone, and no forked child
/// keeps it.
pub(super) fn lock(folder: &Path) -> Result<File> {
    let file = folder.join("lock");
    let lock = File::create(&file).with_context(|| file.display().to_string())?;
    let [l_type, l_whence] = [libc::F_WRLCK as i16, libc::SEEK_SET as i16];
    let whole = libc::flock { l_type, l_whence, l_start: 0, l_len: 0, l_pid: 0 };
    match fcntl(&lock, FcntlArg::F_SETLK(&whole)) {
        Ok(_) => Ok(lock),
        Err(Errno::EAGAIN | Errno::EACCES) => bail!(
            "another `ch14 measure` is at work here (EAGAIN), and two at once would measure each \
             other: wait for its end, or stop it"
        ),
        Err(errno) => bail!("{}: cannot be locked ({errno:?})", file.display()),
    }
}
