//! What msgget(2) means by its errno, in words for the person who meets it.

use nix::errno::Errno;

/// What went wrong when a queue could not be made or found, and what to do about it.
///
/// One clause without a full stop, to be put after "what was tried: ".
#[must_use]
pub fn explain(errno: Errno) -> &'static str {
    match errno {
        Errno::ENOENT => "there is no queue with this key; start the program that makes it",
        Errno::EEXIST => {
            "there is a queue with this key already; use it, choose another key, or remove it with ipcrm -Q KEY"
        }
        Errno::EACCES => {
            "there is a queue with this key, and its mode does not let you in; ask its owner for a wider mode, or use another key"
        }
        Errno::ENOSPC => {
            "this system has as many queues as it may have; look for forgotten ones with ipcs -q, remove them with ipcrm -q ID, or raise /proc/sys/kernel/msgmni"
        }
        Errno::ENOMEM => "the kernel has no memory for another queue",
        Errno::ENOSYS => {
            "this kernel has no System V message queues; WSL 1, Android and some sandboxes leave them out, or hide them with a security filter (seccomp)"
        }
        Errno::EPERM => {
            "a security filter (seccomp), as containers and sandboxes have, forbids msgget here; run the program elsewhere, or have the filter allow it"
        }
        other => other.desc(),
    }
}
