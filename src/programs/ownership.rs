//! Whose queue it is: a server takes over what its own user has made, and nothing else unasked.

use std::fmt;

use nix::errno::Errno;
use nix::unistd::Uid;

use super::tell;
use crate::{Mode, Queue, Status, explain, may_change, set_mode};

/// Why the queue that is there cannot be taken over.
pub(super) enum Obstacle {
    /// The kernel says so.
    Errno(Errno),
    /// It is not this user's.
    Foreign { creator: Uid, owner: Uid },
    /// A signal has asked the server to stop meanwhile.
    Asked,
}

impl From<Errno> for Obstacle {
    fn from(errno: Errno) -> Obstacle {
        Obstacle::Errno(errno)
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Obstacle::Errno(Errno::EPERM) => f.write_str(
                "it belongs to another user, and only its owner, its creator or root (with CAP_SYS_ADMIN) could close it; choose another --key (EPERM)",
            ),
            Obstacle::Errno(Errno::EACCES) => f.write_str(
                "its mode does not let you read from it; choose another --key, or ask its owner for a wider mode (EACCES)",
            ),
            Obstacle::Errno(errno) => write!(f, "{} ({errno:?})", explain::control(*errno)),
            Obstacle::Foreign { creator, owner } => write!(
                f,
                "it belongs to another user: user {creator} has made it and user {owner} owns it, so they could read what is sent to you, change it and remove it; choose another --key, or trust them with --foreign"
            ),
            Obstacle::Asked => f.write_str("the server was asked to stop"),
        }
    }
}

// ANCHOR: check-owner
/// Whether this server could close the queue, and nobody else could but root.
///
/// The first is asked of the kernel: it alone knows what root may do here. The second takes the
/// creator as well: who has made a queue and given it away keeps every right to it.
pub(super) fn check_owner(queue: Queue, foreign: bool) -> Result<(), Obstacle> {
    if !may_change(queue)? {
        return Err(Obstacle::Errno(Errno::EPERM));
    }
    let status = Status::of(queue)?;
    let (creator, owner) = (status.creator.0, status.owner.0);
    let me = Uid::effective();
    if foreign || (creator, owner) == (me, me) {
        Ok(())
    } else {
        Err(Obstacle::Foreign { creator, owner })
    }
}
// ANCHOR_END: check-owner

/// Gives the queue the mode that was asked for, if it has another.
///
/// The kernel writes mode and capacity together. Among programs of this library that opens no door
/// that another has just shut; where it does all the same, the other leaves the queue to us.
pub(super) fn set_mode_asked(queue: Queue, asked: Mode) -> nix::Result<()> {
    let found = Status::of(queue)?.mode;
    if found == asked {
        return Ok(());
    }
    set_mode(queue, asked)?;
    tell(
        "server",
        format_args!(
            "the mode of the message queue was {:03o}; it is {:03o} now, as --mode says",
            found.bits(),
            asked.bits()
        ),
    );
    Ok(())
}
