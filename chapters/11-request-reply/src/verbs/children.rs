//! Child processes that do a part of this program's work.

use std::fs::File;
use std::io::{Read, Write};

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, fork, pipe};

/// A child process, and what it writes.
pub(crate) struct Child {
    pid: Pid,
    report: File,
}

impl Child {
    /// Starts it. It can write to its parent, and it ends after this.
    pub(crate) fn start(work: impl FnOnce(&mut File) -> nix::Result<()>) -> nix::Result<Child> {
        let (report, write) = pipe()?;
        // SAFETY: this program has one thread, so no other one can have held a lock.
        match unsafe { fork() }? {
            ForkResult::Parent { child } => Ok(Child { pid: child, report: report.into() }),
            ForkResult::Child => {
                drop(report);
                let status = work(&mut write.into()).map_or_else(|errno| errno as i32, |()| 0);
                // SAFETY: ends the process, and does nothing on the way: what its parent would do
                // at its end is not for the child to do.
                unsafe { libc::_exit(status) }
            }
        }
    }

    /// What it has written, as soon as it has written so much; less if it ends before.
    pub(crate) fn read(&self, bytes: u64) -> Vec<u8> {
        let mut read = Vec::new();
        // A pipe to a child cannot fail; if it did, too little would have come.
        let _ = (&self.report).take(bytes).read_to_end(&mut read);
        read
    }

    /// Waits for its end; the errno that its work has ended with, if it has.
    pub(crate) fn wait(self) -> nix::Result<()> {
        match waitpid(self.pid, None)? {
            WaitStatus::Exited(_, 0) | WaitStatus::Signaled(..) => Ok(()),
            WaitStatus::Exited(_, status) => Err(Errno::from_raw(status)),
            _ => Err(Errno::ECHILD),
        }
    }

    /// Ends it at once, wherever it is; the same, if it had ended already.
    pub(crate) fn kill(self) -> nix::Result<()> {
        self.kill_and_read().map(drop)
    }

    /// The same, and what it has written that has not been read.
    pub(crate) fn kill_and_read(self) -> nix::Result<Vec<u8>> {
        kill(self.pid, Signal::SIGKILL)?;
        let rest = self.read(u64::MAX);
        self.wait().map(|()| rest)
    }
}

/// Tells the parent that this child is ready.
pub(crate) fn ready(report: &mut File) -> nix::Result<()> {
    report.write_all(&[1]).map_err(|_| Errno::EPIPE)
}
