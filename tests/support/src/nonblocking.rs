//! Streams as an earlier program may have left them.

use std::ffi::c_int;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Makes a descriptor of the program that will be started non-blocking, as one that another program
/// has set so and handed on.
pub fn nonblocking(command: &mut Command, descriptor: c_int) -> &mut Command {
    let set = move || {
        // SAFETY: F_GETFL takes no third argument and touches no memory.
        let flags = unsafe { libc::fcntl(descriptor, libc::F_GETFL) };
        // SAFETY: F_SETFL takes an int and touches no memory; after an error above, -1 are flags
        // that it refuses or ignores, with the same errno for a descriptor that is not open.
        let done = unsafe { libc::fcntl(descriptor, libc::F_SETFL, flags | libc::O_NONBLOCK) };
        match done {
            -1 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    };
    // SAFETY: `set` runs after fork: it calls fcntl, which is async-signal-safe, and allocates
    // nothing.
    unsafe { command.pre_exec(set) }
}
