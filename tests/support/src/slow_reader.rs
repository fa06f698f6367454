//! A non-blocking standard output whose reader is slow.

use std::ffi::{OsStr, c_long};
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::Command;

use nix::errno::Errno;

use crate::{Finished, Running, until};

/// Runs a program whose standard output is a non-blocking socket that is full, and reads from it
/// only once the program waits for that in poll(2).
#[track_caller]
pub fn with_slow_reader(program: impl AsRef<OsStr>, args: &[&str]) -> Finished {
    let (mut reader, mut writer) = UnixStream::pair().expect("two ends can be made");
    let before = fill(&mut writer);
    let descriptor = writer.as_raw_fd();
    let mut command = Command::new(program);
    command.args(args);
    let replace = move || {
        // SAFETY: copying a descriptor touches no memory.
        let done = unsafe { libc::dup2(descriptor, 1) };
        Errno::result(done).map(drop).map_err(io::Error::from)
    };
    // SAFETY: `replace` runs after fork; it makes one system call and allocates nothing.
    unsafe { command.pre_exec(replace) };
    let program = Running::start(command);
    drop(writer);

    until("the program to wait for its reader", || {
        program.has_exited() || is_in_poll(program.id())
    });
    let mut output = Vec::new();
    reader.read_to_end(&mut output).expect("the program ends some time");
    let mut finished = program.finish();
    finished.stdout = output.split_off(before);
    finished
}

/// Makes it non-blocking and writes until nothing more fits; returns how much did.
fn fill(writer: &mut UnixStream) -> usize {
    writer.set_nonblocking(true).expect("it is ours");
    let mut written = 0;
    loop {
        match writer.write(&[b'.'; 1024]) {
            Ok(bytes) => written += bytes,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return written,
            Err(error) => panic!("cannot fill it: {error}"),
        }
    }
}

/// Whether a program waits in poll(2), which has two names.
fn is_in_poll(process: i32) -> bool {
    const NAMES: &[c_long] = &[
        #[cfg(target_arch = "x86_64")]
        libc::SYS_poll,
        libc::SYS_ppoll,
    ];
    let call = fs::read_to_string(format!("/proc/{process}/syscall")).unwrap_or_default();
    let number = call.split(' ').next().map(str::parse::<c_long>);
    matches!(number, Some(Ok(number)) if NAMES.contains(&number))
}
