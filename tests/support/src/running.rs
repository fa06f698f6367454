//! A program in the background.

use crate::collector::{Collector, STDERR, STDOUT};
use crate::finished::Finished;
use crate::report::report;
use crate::waiting::Wait;
use crate::watch::Program;
use nix::sys::signal::Signal;
use std::io::Write;
use std::process::{ChildStdin, Command};
use std::sync::Arc;

/// A program in the background, with its standard input, output and error in the test's hands.
///
/// Threads collect what it writes, so it never waits for a full pipe. Every wait here is bounded by
/// the room's watchdog. Dropping the value kills the program.
pub struct Running {
    pub(crate) program: Arc<Collector>,
    stdin: Option<ChildStdin>,
    /// How far into stdout and stderr the waits have come.
    pub(crate) seen: [usize; 2],
}

impl Running {
    /// Starts the program, with pipes to and from it.
    ///
    /// It begins in the IPC namespace of the calling thread. `RUST_BACKTRACE` is removed from its
    /// environment: what it writes must not depend on who runs the tests.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    #[track_caller]
    pub fn start(command: Command) -> Running {
        let text = format!("{command:?}");
        match Collector::spawn(command) {
            Ok((program, stdin)) => Running { program, stdin: Some(stdin), seen: [0; 2] },
            Err(error) => panic!("cannot start {text}: {error}"),
        }
    }

    /// Its process id, which is also its first thread's id.
    pub fn id(&self) -> i32 {
        self.program.id
    }

    /// Writes a line to its standard input: these bytes and a newline.
    ///
    /// # Panics
    ///
    /// When the program no longer reads.
    #[track_caller]
    pub fn write_line(&mut self, line: impl AsRef<[u8]>) -> &mut Running {
        self.write([line.as_ref(), b"\n"].concat())
    }

    /// Writes these bytes to its standard input.
    ///
    /// # Panics
    ///
    /// When the program no longer reads.
    #[track_caller]
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> &mut Running {
        let wait = Wait::begin(&format!("{} to read its input", self.program.command));
        let result = match &mut self.stdin {
            Some(stdin) => stdin.write_all(bytes.as_ref()),
            None => panic!("the standard input of {} has been closed", self.program.command),
        };
        drop(wait);
        if let Err(error) = result {
            self.complain(&format!("it does not read what is written to it: {error}"));
        }
        self
    }

    /// Ends its standard input, as Ctrl-D does in a terminal.
    pub fn close_stdin(&mut self) -> &mut Running {
        self.stdin = None;
        self
    }

    /// Sends it a signal. One that has ended already gets none.
    #[track_caller]
    pub fn signal(&self, signal: Signal) -> &Running {
        if let Err(errno) = self.program.signal(signal) {
            self.complain(&format!("cannot send {signal}: {errno}"));
        }
        self
    }

    /// Whether it has ended.
    pub fn has_exited(&self) -> bool {
        self.program.progress().exited
    }

    /// What it has written to standard output until now, as text.
    pub fn stdout_so_far(&self) -> String {
        String::from_utf8_lossy(&self.program.progress().text[STDOUT]).into_owned()
    }

    /// The same of standard error.
    pub fn stderr_so_far(&self) -> String {
        String::from_utf8_lossy(&self.program.progress().text[STDERR]).into_owned()
    }

    /// Ends its standard input, waits until it has ended, and returns what became of it.
    ///
    /// # Panics
    ///
    /// When the test's time is up before.
    #[track_caller]
    pub fn finish(mut self) -> Finished {
        self.close_stdin();
        let wait = Wait::begin(&format!("the end of {}", self.program.command));
        let whole = self.program.wait(&wait, |progress| {
            let done = progress.exited && progress.closed == [true; 2];
            done.then(|| progress.text.clone())
        });
        drop(wait);
        let Some([stdout, stderr]) = whole else {
            self.complain("it did not end, or a program it started did not close the output");
        };
        let status = self.program.reap();
        Finished { command: self.program.command.clone(), status, stdout, stderr }
    }

    #[track_caller]
    pub(crate) fn complain(&self, complaint: &str) -> ! {
        let [stdout, stderr] = self.program.progress().text;
        let status = self.program.status();
        panic!("{}", report(complaint, &self.program.command, status, &stdout, &stderr));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.program.kill();
        // Bounded, like any other wait; one that cannot even be killed is not reaped.
        let wait = Wait::begin(&format!("the end of {}, killed", self.program.command));
        if self.program.wait(&wait, |progress| progress.exited.then_some(())).is_some() {
            self.program.reap();
        }
    }
}
