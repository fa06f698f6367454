//! What a call to a server means by its errno, in words for the person who meets it.

use nix::errno::Errno;

/// What went wrong with [`Caller::new`](crate::Caller::new) or
/// [`Caller::call`](crate::Caller::call), and what to do about it.
///
/// One clause without a full stop, to be put after "what was tried: ".
#[must_use]
pub fn explain(errno: Errno) -> &'static str {
    match errno {
        Errno::ETIMEDOUT => {
            "no reply came in time, and nobody knows whether the request was done; look whether the server runs, allow it more time, or repeat the request"
        }
        Errno::EAGAIN => {
            "the server's queue was full all the time, and nothing was sent; look whether the server runs"
        }
        Errno::EINVAL | Errno::EIDRM => {
            "the server's queue is gone, or the caller's own; or the request is longer than the system allows (msgmax)"
        }
        Errno::EACCES => {
            "the mode of the server's queue does not let you write; ask its owner, or call another server"
        }
        Errno::ENOSPC => {
            "this system has as many queues or sets of semaphores as it may have; sweep away what dead callers have left, or look for forgotten ones with ipcs -q and ipcs -s"
        }
        Errno::ECHILD => "a forked child cannot use its parent's caller; it needs one of its own",
        other => ch10_waiting::explain(other).unwrap_or_else(|| other.desc()),
    }
}
