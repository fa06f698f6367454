//! What goes wrong at the queue and at the journal, in words for the person who meets it.

use std::io;

use anyhow::anyhow;
use ch02_create::Queue;
use ch15_beyond::JournalError;
use nix::errno::Errno;
use nix::unistd::Pid;

pub(super) fn journal(error: JournalError) -> anyhow::Error {
    match error {
        JournalError::Busy => anyhow!(
            "another bridge is at this queue's journal, and two would lose what the other has taken; stop that one first (EWOULDBLOCK)"
        ),
        JournalError::Damaged(path) => anyhow!(
            "the journal {} is not whole: has the machine lost its power? What it held is lost, as is what was in the queue",
            path.display()
        ),
        JournalError::Io(path, error) => anyhow!(
            "cannot use the journal {}: {}; what has not arrived is still in the queue",
            path.display(),
            streams::explain(&error)
        ),
    }
}

pub(super) fn queue(queue: Queue, errno: Errno) -> anyhow::Error {
    let id = queue.id();
    match errno {
        // EINVAL: it was removed when nobody slept in a call on it.
        Errno::EIDRM | Errno::EINVAL => {
            anyhow!("queue {id} was removed; what had been copied from it has arrived ({errno:?})")
        }
        Errno::ENOSYS => anyhow!(
            "this kernel cannot copy a message without taking it (MSG_COPY, CONFIG_CHECKPOINT_RESTORE), and a bridge that takes first can lose (ENOSYS)"
        ),
        errno => {
            anyhow!("cannot read queue {id}: {} ({errno:?})", ch05_receive::explain(errno))
        }
    }
}

pub(super) fn is_removal(error: &io::Error) -> bool {
    let errno = error.raw_os_error().map(Errno::from_raw);
    matches!(errno, Some(Errno::EIDRM | Errno::EINVAL))
}

pub(super) fn take(queue: Queue, error: io::Error) -> anyhow::Error {
    match error.raw_os_error().map(Errno::from_raw) {
        None | Some(Errno::EPIPE) => anyhow!(
            "the helper has ended, who takes every other message; start the bridge again, and it goes on"
        ),
        Some(errno) => self::queue(queue, errno),
    }
}

pub(super) fn intruder(who: Option<Pid>) -> anyhow::Error {
    let who = who.map(|pid| format!(" (process {pid})")).unwrap_or_default();
    anyhow!(
        "somebody else{who} has received from this queue, and what is taken there does not reach the stream; a bridge must be the only reader. Stop the other one, then start the bridge again"
    )
}
