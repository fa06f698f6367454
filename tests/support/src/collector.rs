//! What goes on behind a [`Running`](crate::Running) program: threads that collect its output and
//! notice its end, so that a wait is a wait for them and can be given up.

use crate::waiting::Wait;
use crate::watch::{Program, Watch};
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd::Pid;
use std::io::{self, Read};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Weak};
use std::thread;

pub(crate) const STDOUT: usize = 0;
pub(crate) const STDERR: usize = 1;

pub(crate) struct Collector {
    pub(crate) command: String,
    pub(crate) id: i32,
    child: Mutex<Child>,
    progress: Mutex<Progress>,
    changed: Condvar,
}

/// What is known of the program by now.
#[derive(Clone, Default)]
pub(crate) struct Progress {
    /// What it has written to stdout and to stderr.
    pub(crate) text: [Vec<u8>; 2],
    /// Which of the two are at their end.
    pub(crate) closed: [bool; 2],
    pub(crate) exited: bool,
}

impl Collector {
    /// Starts the program and the threads.
    pub(crate) fn spawn(mut command: Command) -> io::Result<(Arc<Collector>, ChildStdin)> {
        let text = format!("{command:?}"); // before we add to it
        command.env_remove("RUST_BACKTRACE").env_remove("RUST_LIB_BACKTRACE");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let stdin = child.stdin.take().expect("stdin is a pipe");
        let stdout = child.stdout.take().expect("stdout is a pipe");
        let stderr = child.stderr.take().expect("stderr is a pipe");
        let collector = Arc::new(Collector {
            command: text,
            id: i32::try_from(child.id()).expect("a process id is a pid_t"),
            child: Mutex::new(child),
            progress: Mutex::default(),
            changed: Condvar::new(),
        });
        if let Some(watch) = Watch::current() {
            let program: Weak<Collector> = Arc::downgrade(&collector);
            watch.add_program(program);
        }
        collector.collect(STDOUT, stdout);
        collector.collect(STDERR, stderr);
        collector.notice_exit();
        Ok((collector, stdin))
    }

    fn collect(self: &Arc<Collector>, stream: usize, mut pipe: impl Read + Send + 'static) {
        let collector = Arc::clone(self);
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            // A pipe that cannot be read any more is at its end for us.
            while let Ok(length @ 1..) = pipe.read(&mut buffer) {
                collector.change(|progress| progress.text[stream].extend(&buffer[..length]));
            }
            collector.change(|progress| progress.closed[stream] = true);
        });
    }

    /// Waits for the exit without reaping, so that nobody holds the lock on `child` for so long:
    /// the watchdog may need it.
    fn notice_exit(self: &Arc<Collector>) {
        let collector = Arc::clone(self);
        thread::spawn(move || {
            let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
            let id = Pid::from_raw(collector.id);
            while waitid(Id::Pid(id), flags) == Err(Errno::EINTR) {}
            collector.change(|progress| progress.exited = true);
        });
    }

    fn change(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.lock());
        self.changed.notify_all();
    }

    /// Looks again after each change, until `look` finds something; `None` when the time is up.
    pub(crate) fn wait<T>(
        &self,
        wait: &Wait,
        mut look: impl FnMut(&Progress) -> Option<T>,
    ) -> Option<T> {
        let mut progress = self.lock();
        loop {
            if let Some(found) = look(&progress) {
                return Some(found);
            }
            if wait.is_over() {
                return None;
            }
            let next = self.changed.wait_timeout(progress, wait.left());
            progress = next.expect("no panic under this lock").0;
        }
    }

    pub(crate) fn progress(&self) -> Progress {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().expect("no panic under this lock")
    }

    /// How the program ended, if it has.
    pub(crate) fn status(&self) -> Option<ExitStatus> {
        self.child().try_wait().expect("a child can be waited for")
    }

    /// How the program ended. To be called once it has: `child` is locked meanwhile.
    pub(crate) fn reap(&self) -> ExitStatus {
        self.child().wait().expect("a child can be waited for")
    }

    /// Sends a signal, unless the program has ended already.
    pub(crate) fn signal(&self, signal: Signal) -> nix::Result<()> {
        // While this is locked nobody reaps: the id cannot become another program's.
        let mut child = self.child();
        match child.try_wait() {
            Ok(None) => kill(Pid::from_raw(self.id), signal),
            _ => Ok(()),
        }
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().expect("no panic under this lock")
    }
}

impl Program for Collector {
    fn kill(&self) {
        // An error means that it runs as another user now and we are not root: then nothing helps.
        let _ = self.child().kill();
    }
}
