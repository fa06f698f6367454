//! What msgctl(2) means by its errno, in words for the person who meets it.

use nix::errno::Errno;

/// What went wrong when a queue could not be looked at, changed or removed, and what to do.
///
/// One clause without a full stop, to be put after "what was tried: ".
#[must_use]
pub fn explain(errno: Errno) -> &'static str {
    match errno {
        Errno::EPERM => {
            "only the queue's owner, its creator or root may change or remove it, and only root may raise its capacity above /proc/sys/kernel/msgmnb; or a security filter (seccomp) forbids msgctl here"
        }
        Errno::EACCES => {
            "the queue's mode does not let you look at it; ask its owner for a wider mode, such as 644"
        }
        Errno::EINVAL | Errno::EIDRM => "there is no queue with this id",
        Errno::ENOSYS => {
            "a security filter (seccomp), as containers and sandboxes have, forbids msgctl here; run the program elsewhere, or have the filter allow it"
        }
        other => other.desc(),
    }
}
