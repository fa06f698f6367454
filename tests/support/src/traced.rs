//! A program that is stopped before and after each of certain calls.

use std::ffi::c_long;
use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::sync::{Arc, Weak};

use crate::tell::tell;
use crate::watch::{Program, Watch};
use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::Pid;

/// A program whose first thread runs from one stop to the next. Dropping it kills it where it is.
#[derive(Debug)]
pub struct Traced {
    pid: Pid,
    /// What the watchdog kills when the test's time is up.
    _watched: Arc<Tracee>,
    calls: Vec<c_long>,
    ended: Option<i32>,
}

impl Traced {
    /// Starts it, to be stopped at these calls (`SYS_msgsnd` and the like).
    ///
    /// `None`, and a word about it, where no program may be traced.
    ///
    /// # Panics
    ///
    /// When it cannot be traced to its first instruction.
    #[must_use = "when it is None, nothing has been tested"]
    pub fn start(mut command: Command, calls: &[c_long]) -> Option<Traced> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // SAFETY: between fork and exec the child makes one system call and allocates nothing.
        unsafe { command.pre_exec(|| Ok(ptrace::traceme()?)) };
        let child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                tell(&format!("skipped: no program can be traced here: {error}"));
                return None;
            }
        };
        let pid = Pid::from_raw(child.id() as libc::pid_t);
        assert_eq!(waitpid(pid, None), Ok(WaitStatus::Stopped(pid, Signal::SIGTRAP)), "its start");
        ptrace::setoptions(pid, Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_EXITKILL)
            .expect("it is stopped");
        let watched = Arc::new(Tracee(pid));
        if let Some(watch) = Watch::current() {
            let program: Weak<Tracee> = Arc::downgrade(&watched);
            watch.add_program(program);
        }
        Some(Traced { pid, _watched: watched, calls: calls.to_vec(), ended: None })
    }

    /// Lets it run to the next stop: before such a call, or after it. False: it has ended.
    ///
    /// # Panics
    ///
    /// When a signal ends it.
    pub fn step(&mut self) -> bool {
        let mut signal = None;
        while self.ended.is_none() {
            ptrace::syscall(self.pid, signal.take()).expect("it is stopped");
            match waitpid(self.pid, None).expect("it is our child") {
                WaitStatus::PtraceSyscall(_) if self.is_in_such_a_call() => return true,
                WaitStatus::PtraceSyscall(_) => {}
                WaitStatus::Stopped(_, other) => signal = Some(other),
                WaitStatus::Exited(_, status) => self.ended = Some(status),
                other => panic!("{other:?}"),
            }
        }
        false
    }

    /// Lets it run to its end; its exit status.
    ///
    /// # Panics
    ///
    /// When a signal ends it.
    pub fn finish(mut self) -> Option<i32> {
        while self.step() {}
        self.ended
    }

    fn is_in_such_a_call(&self) -> bool {
        let call = fs::read_to_string(format!("/proc/{}/syscall", self.pid));
        let call = call.expect("its tracer may read this");
        let number = call.split_ascii_whitespace().next().and_then(|number| number.parse().ok());
        number.is_some_and(|number| self.calls.contains(&number))
    }
}

#[derive(Debug)]
struct Tracee(Pid);

impl Program for Tracee {
    fn kill(&self) {
        // An error means that it has gone meanwhile.
        let _ = kill(self.0, Signal::SIGKILL);
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        if self.ended.is_none() {
            kill(self.pid, Signal::SIGKILL).expect("it is our child");
            let killed = WaitStatus::Signaled(self.pid, Signal::SIGKILL, false);
            assert_eq!(waitpid(self.pid, None), Ok(killed));
        }
    }
}
