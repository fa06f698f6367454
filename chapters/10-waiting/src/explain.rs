//! What the alarm and the inbox add to the errno of msgsnd(2) and msgrcv(2), in words.

use nix::errno::Errno;

/// What went wrong with a timeout or an inbox, and what to do about it; `None` if it was the call
/// itself: [`ch04_send::explain`] and [`ch05_receive::explain`] know.
///
/// One clause without a full stop, to be put after "what was tried: ".
#[must_use]
pub fn explain(errno: Errno) -> Option<&'static str> {
    Some(match errno {
        Errno::ETIMEDOUT => "the time is up, and the queue is still full; nothing was sent",
        Errno::EBUSY => {
            "another part of this program handles the signal that timeouts and inboxes use; choose another one with set_alarm_signal"
        }
        Errno::ECHILD => {
            "this is a forked child, and the inbox's thread, or the spool's file, is its parent's; make one here, after the fork"
        }
        Errno::ENOMEM => {
            "the kernel has no memory, or this user has as many timers and pending signals as are allowed (ulimit -i)"
        }
        Errno::EPERM | Errno::ENOSYS => {
            "a security filter (seccomp), as containers and sandboxes have, forbids this call or the timer for it; run the program elsewhere, or have the filter allow it"
        }
        _ => return None,
    })
}
