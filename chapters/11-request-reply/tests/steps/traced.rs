//! A program that is stopped before and after each of its calls on queues and semaphores.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use nix::sys::ptrace::{self, Options};
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::Pid;

/// A program that runs from one stop to the next. Dropping it kills it where it is.
pub(crate) struct Traced {
    pid: Pid,
    ended: Option<i32>,
}

impl Traced {
    /// Starts it; `None`, and a word about it, where no program may be traced.
    pub(crate) fn start(mut command: Command) -> Option<Traced> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // SAFETY: between fork and exec the child makes one system call and allocates nothing.
        unsafe { command.pre_exec(|| Ok(ptrace::traceme()?)) };
        let child = match command.spawn() {
            Ok(child) => child,
            Err(error) => {
                eprintln!("skipped: no program can be traced here: {error}");
                return None;
            }
        };
        let pid = Pid::from_raw(child.id() as libc::pid_t);
        assert_eq!(waitpid(pid, None), Ok(WaitStatus::Stopped(pid, Signal::SIGTRAP)), "its start");
        ptrace::setoptions(pid, Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_EXITKILL)
            .expect("it is stopped");
        Some(Traced { pid, ended: None })
    }

    /// Lets it run to the next stop: before such a call, or after it. False: it has ended.
    pub(crate) fn step(&mut self) -> bool {
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
    pub(crate) fn finish(mut self) -> Option<i32> {
        while self.step() {}
        self.ended
    }

    fn is_in_such_a_call(&self) -> bool {
        const CALLS: [libc::c_long; 7] = [
            libc::SYS_semget,
            libc::SYS_semop,
            libc::SYS_semctl,
            libc::SYS_msgget,
            libc::SYS_msgsnd,
            libc::SYS_msgrcv,
            libc::SYS_msgctl,
        ];
        let call = fs::read_to_string(format!("/proc/{}/syscall", self.pid));
        let call = call.expect("its tracer may read this");
        let number = call.split_ascii_whitespace().next().and_then(|number| number.parse().ok());
        number.is_some_and(|number| CALLS.contains(&number) || number == libc::SYS_semtimedop)
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
