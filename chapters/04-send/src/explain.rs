//! What msgsnd(2) means by its errno, in words for the person who meets it.

use nix::errno::Errno;

/// What went wrong when a message could not be sent, and what to do about it.
///
/// One clause without a full stop, to be put after "what was tried: ".
#[must_use]
pub fn explain(errno: Errno) -> &'static str {
    match errno {
        Errno::EAGAIN => "the queue is full; wait until somebody receives, and send again",
        Errno::EIDRM => "the queue was removed while this message was being sent",
        Errno::EINVAL => {
            "there is no queue with this id, or the message is longer than /proc/sys/kernel/msgmax allows"
        }
        Errno::EACCES => {
            "the queue's mode does not let you write to it; ask its owner for a wider mode, such as 622"
        }
        Errno::EINTR => "a signal arrived while this program waited for room; send again",
        Errno::ENOMEM => "the kernel has no memory for the message",
        Errno::EPERM | Errno::ENOSYS => {
            "a security filter (seccomp), as containers and sandboxes have, forbids msgsnd here; run the program elsewhere, or have the filter allow it"
        }
        other => other.desc(),
    }
}
