//! A server whose output goes where the test says: for example to a reader that does not read.

use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::sys::signal::Signal;
use support::{Finished, Running, until};
use sysv_mq::{Key, Queue, Status};

use crate::programs::server;

/// A server that cannot even print its first line, because its output is full and nobody reads.
///
/// It has its queue and can be signalled, but takes no message out: whatever is sent waits.
pub(crate) struct Stalled {
    pub(crate) server: Running,
    pub(crate) queue: Queue,
    reader: UnixStream,
    filler: usize,
}

impl Stalled {
    /// Starts it and waits until it has its queue.
    pub(crate) fn start(key: i32) -> Stalled {
        let (reader, writer) = UnixStream::pair().expect("sockets can be made");
        let filler = fill(&writer).expect("a socket can be filled");
        let server = Running::start(writing_to(server(key), writer));
        let key = Key::new(key).expect("the keys of a room are not 0");
        until("the queue of a stalled server", || Queue::open(key).is_ok());
        let queue = Queue::open(key).expect("the server has made it");
        Stalled { server, queue, reader, filler }
    }

    /// Signals the server and waits until it accepts nothing more. If nothing was in the queue, it
    /// may be gone before anybody has seen the shut door.
    pub(crate) fn begin_to_stop(&self, signal: Signal) {
        self.server.signal(signal);
        until("the door to be shut", || {
            Status::of(self.queue).map_or(true, |status| status.capacity == 0)
        });
    }

    /// Reads all that the server prints until its end.
    pub(crate) fn read(mut self) -> Finished {
        let mut output = Vec::new();
        self.reader.read_to_end(&mut output).expect("a socket can be read");
        Finished { stdout: output.split_off(self.filler), ..self.server.finish() }
    }
}

/// Writes until nothing more goes in.
fn fill(mut writer: &UnixStream) -> io::Result<usize> {
    let mut filler = 0;
    writer.set_nonblocking(true)?;
    while let Ok(written) = writer.write(&[b'.'; 4096]) {
        filler += written;
    }
    writer.set_nonblocking(false)?;
    Ok(filler)
}

/// The program with this for its standard output, which the test reads instead of the harness.
pub(crate) fn writing_to(mut command: Command, stdout: impl Into<OwnedFd>) -> Command {
    let stdout = stdout.into();
    let redirect = move || nix::unistd::dup2_stdout(&stdout).map_err(io::Error::from);
    // SAFETY: the closure runs between fork and exec, where only async-signal-safe calls are
    // allowed: it makes one, dup2, and turns its errno into an error without allocating.
    unsafe { command.pre_exec(redirect) };
    command
}

/// Stops the program as Ctrl-Z does, and waits until it has stopped. What is sent to it waits.
pub(crate) fn suspend(program: &Running) {
    program.signal(Signal::SIGSTOP);
    let status = format!("/proc/{}/status", program.id());
    until("the program to be suspended", || {
        std::fs::read_to_string(&status).is_ok_and(|status| status.contains("\nState:\tT"))
    });
}
