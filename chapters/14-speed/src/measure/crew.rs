//! The other side of a sample: processes, since that is what queues are between.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;

use anyhow::{Context, Result, bail, ensure};
use nix::sys::prctl::set_pdeathsig;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, Pid, fork, getppid};

/// Forked processes that get ready one by one, and begin together.
#[derive(Debug)]
pub struct Crew {
    gate: UnixStream,
    go: Option<UnixStream>,
    /// Closed when they may end. Until then those that are done wait: a process that ends takes
    /// time from those that are still at work.
    exit: UnixStream,
    open: Option<UnixStream>,
    children: Vec<Pid>,
}

/// Where a forked process waits until all begin.
#[derive(Debug)]
pub struct Gate<'a> {
    gate: &'a UnixStream,
    ready: UnixStream,
}

impl Crew {
    /// Nobody yet.
    ///
    /// # Errors
    ///
    /// There is no descriptor left.
    pub fn new() -> Result<Crew> {
        let ((gate, go), (exit, open)) = (UnixStream::pair()?, UnixStream::pair()?);
        Ok(Crew { gate, go: Some(go), exit, open: Some(open), children: Vec::new() })
    }

    /// Forks a process that does `work`, and waits until it is ready: until it has come to
    /// [`Gate::pass`].
    ///
    /// One that fails says why and ends this program, which might wait for it forever: what was
    /// finished is kept.
    ///
    /// # Errors
    ///
    /// This process has more than one thread, or there is no room for another process.
    pub fn hire(&mut self, work: impl FnOnce(Gate<'_>) -> Result<()>) -> Result<()> {
        let threads = fs::read_dir("/proc/self/task").context("/proc/self/task")?.count();
        ensure!(threads == 1, "a process with {threads} threads cannot be forked safely");
        let (mut is_ready, ready) = UnixStream::pair()?;
        let parent = i32::try_from(process::id())?;
        // SAFETY: the process has one thread, as was seen above: no lock is held by another, and
        // the child may do whatever this process may.
        match unsafe { fork() }.context("no process can be started (see `ulimit -u`)")? {
            ForkResult::Parent { child } => {
                drop(ready);
                self.children.push(child);
                is_ready.read_exact(&mut [0]).context("the other side did not get ready")
            }
            ForkResult::Child => {
                drop((self.go.take(), self.open.take(), is_ready));
                let gate = Gate { gate: &self.gate, ready };
                let life = || {
                    // Nothing may be left of a sample whose program was killed.
                    set_pdeathsig(Signal::SIGKILL)?;
                    work(gate)?;
                    self.exit.read_exact(&mut [0]).map_or(Ok(()), |()| bail!("a byte too many"))
                };
                let status = match catch_unwind(AssertUnwindSafe(life)) {
                    Ok(Ok(())) => 0,
                    Ok(Err(error)) => give_up(parent, &format!("{error:#}")),
                    Err(_) => give_up(parent, "a panic"),
                };
                // SAFETY: the call takes a number, and does not return: what the parent's copy of
                // the program has to clean up stays the parent's.
                unsafe { libc::_exit(status) }
            }
        }
    }

    /// Lets all begin.
    ///
    /// # Errors
    ///
    /// They have begun, or are gone.
    pub fn go(&mut self) -> Result<()> {
        let mut go = self.go.take().context("they are at work already")?;
        go.write_all(&vec![0; self.children.len()]).context("the other side is gone")
    }

    /// Lets all end, and waits until they have.
    ///
    /// # Errors
    ///
    /// One failed.
    pub fn end(mut self) -> Result<()> {
        self.open = None;
        while let Some(child) = self.children.pop() {
            let status = waitpid(child, None)?;
            ensure!(
                matches!(status, WaitStatus::Exited(_, 0)),
                "the other side failed: {status:?}"
            );
        }
        Ok(())
    }
}

impl Drop for Crew {
    /// The parent has failed: nobody needs the others any more.
    fn drop(&mut self) {
        for child in &self.children {
            // It may have ended already; then there is nothing to kill, and it is reaped all the
            // same.
            let _ = kill(*child, Signal::SIGKILL);
            let _ = waitpid(*child, None);
        }
    }
}

impl Gate<'_> {
    /// Says that this process is ready, and waits until all begin.
    ///
    /// # Errors
    ///
    /// The parent has given up.
    pub fn pass(self) -> Result<()> {
        let Gate { mut gate, mut ready } = self;
        ready.write_all(&[0])?;
        gate.read_exact(&mut [0]).context("nobody is there any more")
    }
}

/// SIGALRM ends a program that does nothing about it, as the limit of a group does.
fn give_up(parent: i32, why: &str) -> i32 {
    eprintln!("ch14: the other side of a sample failed: {why}");
    if getppid().as_raw() == parent {
        // It may end in this very moment; then there is nobody to tell.
        let _ = kill(Pid::from_raw(parent), Signal::SIGALRM);
    }
    1
}
