//! One system call in a process of its own.
//!
//! A seccomp filter may answer a call with an errno, and may as well kill who makes it: Android does. It is the
//! child then that is killed, and the parent says so.

use std::io::{Read, pipe};
use std::mem::size_of;
use std::os::fd::AsRawFd;

use nix::errno::Errno;
use nix::libc;
use nix::sys::prctl::set_dumpable;
use nix::sys::signal::Signal;
use nix::sys::wait::{WaitStatus, waitpid};
use nix::unistd::{ForkResult, fork};

/// What became of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Returned(i32),
    Failed(Errno),
    Killed(Signal),
}

/// The call's value and errno, as they go through the pipe.
const REPORT: usize = 2 * size_of::<i32>();

/// Makes the call, which returns -1 and sets errno if it fails. An error here means that there is no child to make it.
pub(crate) fn in_child(call: impl FnOnce() -> libc::ssize_t) -> std::io::Result<Outcome> {
    let (mut reader, writer) = pipe()?;
    // SAFETY: the child makes `call`, which is a system call, and two more; nothing in it takes a lock.
    match unsafe { fork() }? {
        ForkResult::Child => {
            // No core file if it is killed; where this is refused, one may be left.
            let _ = set_dumpable(false);
            let value = call();
            let errno = if value == -1 { Errno::last_raw() } else { 0 };
            let value = i32::try_from(value).unwrap_or(i32::MAX);
            let mut report = [0; REPORT];
            report[..4].copy_from_slice(&value.to_ne_bytes());
            report[4..].copy_from_slice(&errno.to_ne_bytes());
            // SAFETY: `report` has REPORT bytes. If they cannot be written, the parent reads none.
            unsafe { libc::write(writer.as_raw_fd(), report.as_ptr().cast(), REPORT) };
            // SAFETY: ends the child, past what the parent has arranged for its own end.
            unsafe { libc::_exit(0) }
        }
        ForkResult::Parent { child } => {
            drop(writer);
            let mut report = [0; REPORT];
            let read = reader.read_exact(&mut report);
            if let WaitStatus::Signaled(_, signal, _) = waitpid(child, None)? {
                return Ok(Outcome::Killed(signal));
            }
            read?;
            let [value, errno] = [&report[..4], &report[4..]]
                .map(|half| i32::from_ne_bytes([half[0], half[1], half[2], half[3]]));
            Ok(match value {
                -1 => Outcome::Failed(Errno::from_raw(errno)),
                _ => Outcome::Returned(value),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, in_child};
    use nix::errno::Errno;
    use nix::libc;
    use nix::sys::signal::Signal;

    #[test]
    fn values_and_errnos_come_back() {
        assert_eq!(in_child(|| 32768).unwrap(), Outcome::Returned(32768));
        let closed = || {
            // SAFETY: the call takes a number.
            let result = unsafe { libc::close(-1) };
            result.try_into().unwrap()
        };
        assert_eq!(in_child(closed).unwrap(), Outcome::Failed(Errno::EBADF));
    }

    #[test]
    fn only_the_child_is_killed() {
        let killed = || {
            // SAFETY: the call takes a number; the signal ends the child.
            let result = unsafe { libc::raise(libc::SIGSYS) };
            result.try_into().unwrap()
        };
        assert_eq!(in_child(killed).unwrap(), Outcome::Killed(Signal::SIGSYS));
    }
}
