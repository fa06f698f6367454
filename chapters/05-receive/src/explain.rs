//! What msgrcv(2) means by its errno, in words for the person who meets it.

use nix::errno::Errno;

/// What went wrong when a message could not be received, and what to do about it.
///
/// One clause without a full stop, to be put after "what was tried: ".
#[must_use]
pub fn explain(errno: Errno) -> &'static str {
    match errno {
        Errno::ENOMSG => "no message of the wanted kind is in the queue now",
        Errno::EIDRM => "the queue was removed while this program was receiving from it",
        Errno::EINVAL => {
            "there is no queue with this id, or the message to be looked at is longer than /proc/sys/kernel/msgmax allows today"
        }
        Errno::EACCES => {
            "the queue's mode does not let you read from it; ask its owner for a wider mode, such as 644"
        }
        Errno::EINTR => "a signal arrived while this program waited; receive again",
        Errno::ENOSYS => {
            "this kernel was built without CONFIG_CHECKPOINT_RESTORE, so messages cannot be looked at without taking them; or a security filter (seccomp) forbids msgrcv here"
        }
        Errno::EPERM => {
            "a security filter (seccomp), as containers and sandboxes have, forbids msgrcv here; run the program elsewhere, or have the filter allow it"
        }
        other => other.desc(),
    }
}
