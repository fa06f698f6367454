//! Standard outputs that fail, for a test that gives a program each of them.

use std::ffi::{CStr, OsStr, c_int};
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::{Finished, Running};

/// A standard output that fails.
pub struct BadOutput {
    /// What the program has to say about it.
    pub complaint: &'static str,
    /// Whether the program can know before it has written anything.
    pub known_at_start: bool,
    /// Makes it the standard output of the calling process, a forked child.
    make: fn() -> io::Result<()>,
}

/// Every kind of it.
pub const BAD_OUTPUTS: &[BadOutput] = &[
    BadOutput {
        complaint: "standard output is closed",
        known_at_start: true,
        // SAFETY: closing a number touches no memory, and nobody in the child uses this one.
        make: || done(unsafe { libc::close(1) }),
    },
    BadOutput {
        complaint: "standard output is not open for writing",
        known_at_start: true,
        make: || replace(open(c"/dev/null", libc::O_RDONLY)?),
    },
    BadOutput {
        complaint: "the disk is full; free some space, or write elsewhere (ENOSPC)",
        known_at_start: false,
        make: || replace(open(c"/dev/full", libc::O_WRONLY)?),
    },
    BadOutput {
        complaint: "the program that was reading it has ended (EPIPE)",
        known_at_start: false,
        make: pipe_without_reader,
    },
    BadOutput {
        complaint: "the file may not grow any more; raise its limit (ulimit -f), or write elsewhere (EFBIG)",
        known_at_start: false,
        make: file_without_room,
    },
];

impl BadOutput {
    /// Runs a program with it. The program has to end with status 1 and the complaint.
    #[track_caller]
    pub fn run(&self, program: impl AsRef<OsStr>, args: &[&str]) -> Finished {
        let mut command = Command::new(program);
        command.args(args);
        // SAFETY: `make` runs after fork; each of them makes system calls and allocates nothing.
        unsafe { command.pre_exec(self.make) };
        let finished = Running::start(command).finish();
        finished.code(1).stdout_is("").stderr_has(self.complaint);
        finished
    }
}

fn pipe_without_reader() -> io::Result<()> {
    let mut ends = [0; 2];
    // SAFETY: the kernel writes two numbers, and there is room for two.
    done(unsafe { libc::pipe(ends.as_mut_ptr()) })?;
    // SAFETY: closing a number touches no memory, and this descriptor is ours.
    done(unsafe { libc::close(ends[0]) })?;
    replace(ends[1])
}

fn file_without_room() -> io::Result<()> {
    let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the kernel reads one structure, which is there.
    done(unsafe { libc::setrlimit(libc::RLIMIT_FSIZE, &raw const none) })?;
    // SAFETY: the kernel reads a text with a NUL at its end.
    let file = unsafe { libc::memfd_create(c"room for nothing".as_ptr(), 0) };
    done(file)?;
    replace(file)
}

fn open(path: &CStr, flags: c_int) -> io::Result<c_int> {
    // SAFETY: the kernel reads a text with a NUL at its end.
    let descriptor = unsafe { libc::open(path.as_ptr(), flags) };
    done(descriptor).map(|()| descriptor)
}

/// Makes this the standard output.
fn replace(descriptor: c_int) -> io::Result<()> {
    // SAFETY: copying a descriptor touches no memory.
    done(unsafe { libc::dup2(descriptor, 1) })
}

fn done(result: c_int) -> io::Result<()> {
    match result {
        -1 => Err(io::Error::last_os_error()),
        _ => Ok(()),
    }
}
