//! What is meant by an errno here, in words for the person who meets it.

use nix::errno::Errno;

/// What went wrong when the settings of a queue could not be changed, and what to do.
///
/// One clause without a full stop, to be put after "what was tried: ". What is not said here,
/// chapter 6 says.
#[must_use]
pub fn explain(errno: Errno) -> &'static str {
    match errno {
        Errno::EBUSY => {
            "the queue is shut (its capacity is 0), so somebody is about to close it; wait, or open it on purpose"
        }
        Errno::ENOSYS => "this needs Linux 4.17 or newer",
        other => ch06_cleanup::explain(other),
    }
}
