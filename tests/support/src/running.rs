//! A program in the background.

use crate::finished::{Finished, has, report};
use crate::waiting::Wait;
use crate::watchdog::{Program, Watch};
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::sys::wait::{Id, WaitPidFlag, waitid};
use nix::unistd::Pid;
use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, Weak};
use std::thread;

/// A program in the background, with its standard input, output and error in the test's hands.
///
/// Threads collect what it writes, so it never waits for a full pipe. Every wait here is bounded by
/// the room's watchdog. Dropping the value kills the program.
pub struct Running {
    shared: Arc<Shared>,
    stdin: Option<ChildStdin>,
    /// How far into stdout and stderr the waits have come.
    seen: [usize; 2],
}

struct Shared {
    command: String,
    id: i32,
    child: Mutex<Child>,
    progress: Mutex<Progress>,
    changed: Condvar,
}

#[derive(Default)]
struct Progress {
    text: [Vec<u8>; 2],
    open: [bool; 2],
    exited: bool,
}

const STDOUT: usize = 0;
const STDERR: usize = 1;

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
    pub fn start(mut command: Command) -> Running {
        let text = format!("{command:?}");
        command
            .env_remove("RUST_BACKTRACE")
            .env_remove("RUST_LIB_BACKTRACE");
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {text}: {error}"));
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let shared = Arc::new(Shared {
            command: text,
            id: i32::try_from(child.id()).expect("a process id is a pid_t"),
            child: Mutex::new(child),
            progress: Mutex::new(Progress {
                open: [true; 2],
                ..Progress::default()
            }),
            changed: Condvar::new(),
        });
        if let Some(watch) = Watch::current() {
            let program: Weak<Shared> = Arc::downgrade(&shared);
            watch.add_program(program);
        }
        shared.collect(STDOUT, stdout.expect("stdout is a pipe"));
        shared.collect(STDERR, stderr.expect("stderr is a pipe"));
        shared.notice_exit();
        Running {
            shared,
            stdin,
            seen: [0; 2],
        }
    }

    /// Its process id, which is also its first thread's id.
    pub fn id(&self) -> i32 {
        self.shared.id
    }

    /// Waits for this very line on standard output and returns `self` for the next wait.
    ///
    /// The search begins behind what the last wait found: waiting for one line twice means that it
    /// comes twice.
    ///
    /// # Panics
    ///
    /// When the program closes its output or the test's time is up before the line has come.
    #[track_caller]
    pub fn wait_for_line(&mut self, line: &str) -> &mut Running {
        let what = format!("the line {line:?} on stdout");
        self.wait_for(STDOUT, &what, |text| end_of_line(text, line.as_bytes()))
    }

    /// As [`wait_for_line`](Running::wait_for_line), for text anywhere in standard output: part of a
    /// line, or a prompt that no newline follows.
    #[track_caller]
    pub fn wait_for_text(&mut self, part: &str) -> &mut Running {
        let what = format!("{part:?} on stdout");
        self.wait_for(STDOUT, &what, |text| end_of_part(text, part.as_bytes()))
    }

    /// As [`wait_for_text`](Running::wait_for_text), on standard error.
    #[track_caller]
    pub fn wait_for_stderr(&mut self, part: &str) -> &mut Running {
        let what = format!("{part:?} on stderr");
        self.wait_for(STDERR, &what, |text| end_of_part(text, part.as_bytes()))
    }

    #[track_caller]
    fn wait_for(
        &mut self,
        stream: usize,
        what: &str,
        find_end: impl Fn(&[u8]) -> Option<usize>,
    ) -> &mut Running {
        let wait = Wait::begin(&format!("{what} of {}", self.shared.command));
        let mut progress = self.shared.progress();
        loop {
            let new = &progress.text[stream][self.seen[stream]..];
            if let Some(end) = find_end(new) {
                self.seen[stream] += end;
                break;
            }
            if !progress.open[stream] || wait.is_over() {
                drop(progress);
                self.complain(&format!("waited in vain for {what}"));
            }
            progress = self.shared.next_change(progress, &wait);
        }
        drop(progress);
        self
    }

    /// Writes a line to its standard input: these bytes and a newline.
    ///
    /// # Panics
    ///
    /// When the program no longer reads.
    #[track_caller]
    pub fn write_line(&mut self, line: impl AsRef<[u8]>) -> &mut Running {
        let mut bytes = line.as_ref().to_vec();
        bytes.push(b'\n');
        self.write(&bytes)
    }

    /// Writes these bytes to its standard input.
    #[track_caller]
    pub fn write(&mut self, bytes: impl AsRef<[u8]>) -> &mut Running {
        let Some(stdin) = &mut self.stdin else {
            panic!(
                "the standard input of {} has been closed",
                self.shared.command
            );
        };
        if let Err(error) = stdin.write_all(bytes.as_ref()) {
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
        // Locked, it cannot be reaped meanwhile: its id cannot have become another program's.
        let mut child = self.shared.child.lock().expect("no panic under this lock");
        if matches!(child.try_wait(), Ok(None)) {
            let result = kill(Pid::from_raw(self.shared.id), signal);
            drop(child);
            if let Err(errno) = result {
                self.complain(&format!("cannot send {signal}: {errno}"));
            }
        }
        self
    }

    /// Whether it has ended.
    pub fn has_exited(&self) -> bool {
        self.shared.progress().exited
    }

    /// Ends its standard input, waits until it has ended, and returns what became of it.
    ///
    /// # Panics
    ///
    /// When the test's time is up before.
    #[track_caller]
    pub fn finish(mut self) -> Finished {
        self.stdin = None;
        let wait = Wait::begin(&format!("the end of {}", self.shared.command));
        let mut progress = self.shared.progress();
        while !progress.exited || progress.open != [false; 2] {
            if wait.is_over() {
                drop(progress);
                self.complain("it did not end");
            }
            progress = self.shared.next_change(progress, &wait);
        }
        let [stdout, stderr] = std::mem::take(&mut progress.text);
        drop(progress);
        let mut child = self.shared.child.lock().expect("no panic under this lock");
        let status = child.wait().expect("it has been seen to exit");
        Finished {
            command: self.shared.command.clone(),
            status,
            stdout,
            stderr,
        }
    }

    #[track_caller]
    fn complain(&self, complaint: &str) -> ! {
        let status = self
            .shared
            .child
            .lock()
            .expect("no panic under this lock")
            .try_wait();
        let progress = self.shared.progress();
        let [stdout, stderr] = &progress.text;
        let text = report(
            complaint,
            &self.shared.command,
            status.ok().flatten(),
            stdout,
            stderr,
        );
        drop(progress); // a panic under the lock would stop the threads that collect
        panic!("{text}");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.shared.kill();
        let mut child = self.shared.child.lock().expect("no panic under this lock");
        let _ = child.wait(); // killed, it is about to end; reap it
    }
}

impl Program for Shared {
    fn kill(&self) {
        // An error means that it has ended already.
        let _ = self.child.lock().expect("no panic under this lock").kill();
    }
}

impl Shared {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().expect("no panic under this lock")
    }

    fn next_change<'a>(
        &self,
        progress: MutexGuard<'a, Progress>,
        wait: &Wait,
    ) -> MutexGuard<'a, Progress> {
        self.changed
            .wait_timeout(progress, wait.left())
            .expect("no panic under this lock")
            .0
    }

    fn change(&self, change: impl FnOnce(&mut Progress)) {
        change(&mut self.progress());
        self.changed.notify_all();
    }

    fn collect(self: &Arc<Shared>, stream: usize, mut pipe: impl Read + Send + 'static) {
        let shared = Arc::clone(self);
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            // A pipe that cannot be read any more is at its end for us.
            while let Ok(length @ 1..) = pipe.read(&mut buffer) {
                shared.change(|progress| progress.text[stream].extend(&buffer[..length]));
            }
            shared.change(|progress| progress.open[stream] = false);
        });
    }

    /// Waits for the exit without reaping, so that nobody else has to hold the lock on `child` for
    /// that long: the watchdog may need it.
    fn notice_exit(self: &Arc<Shared>) {
        let shared = Arc::clone(self);
        thread::spawn(move || {
            let flags = WaitPidFlag::WEXITED | WaitPidFlag::WNOWAIT;
            let id = Pid::from_raw(shared.id);
            while waitid(Id::Pid(id), flags) == Err(Errno::EINTR) {}
            shared.change(|progress| progress.exited = true);
        });
    }
}

/// Where the first line that is `line` ends in `text`.
fn end_of_line(text: &[u8], line: &[u8]) -> Option<usize> {
    let mut end = 0;
    for candidate in text.split_inclusive(|&byte| byte == b'\n') {
        end += candidate.len();
        if candidate.strip_suffix(b"\n") == Some(line) {
            return Some(end);
        }
    }
    None
}

fn end_of_part(text: &[u8], part: &[u8]) -> Option<usize> {
    if !has(text, part) {
        return None;
    }
    (0..=text.len()).find(|&end| text[..end].ends_with(part))
}
