//! What becomes of the queue of a server that ends.

use nix::errno::Errno;

use super::mailbox::Mailbox;
use crate::{OwnedQueue, Status, set_capacity};

/// What becomes of the queue.
pub(super) enum Fate {
    /// It is removed, and nothing was in it.
    Closed,
    /// It stays, with what is in it.
    Stays,
    /// It stays, since another server has opened it again.
    TakenOver,
    /// It stays, since it cannot be closed.
    Unclosable(Errno),
    /// Somebody else has removed it; while `shutting_down`, because it was on its way out already
    /// when this server found it.
    Removed { shutting_down: bool },
}

/// For a server that cannot go on: takes a queue away that it has made itself and in which nothing
/// waits; leaves any other.
pub(super) fn settle(mailbox: &Mailbox) -> Fate {
    let queue = mailbox.queue;
    let before = match Status::of(queue) {
        Ok(status) => status,
        Err(Errno::EINVAL | Errno::EIDRM) => {
            return Fate::Removed { shutting_down: false };
        }
        Err(_) => return Fate::Stays,
    };
    if !mailbox.is_new() || before.messages > 0 {
        return Fate::Stays;
    }
    match OwnedQueue::new(queue).close_once_empty_unless(|status| status.messages > 0) {
        Ok(true) => Fate::Closed,
        _ => {
            // A message came in just now. If the door cannot be opened, the next server does that.
            let _ = set_capacity(queue, before.capacity);
            Fate::Stays
        }
    }
}
