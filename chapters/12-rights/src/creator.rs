//! Whose queue it is: its creator says.

use ch01_key_setup::Key;
use ch02_create::Queue;
use ch06_cleanup::Status;
use nix::errno::Errno;
use nix::unistd::Uid;

use crate::known::is_somebody;

// ANCHOR: creator
/// Opens the queue with this key if one of these users has made it.
///
/// The key is looked up once, and what was checked is the queue that is returned: whoever looks the
/// key up again may find another one.
///
/// # Errors
///
/// As for [`check_creator`], and `ENOENT`: there is no queue with this key.
pub fn open_created_by(key: Key, trusted: &[Uid]) -> nix::Result<Queue> {
    let queue = Queue::open(key)?;
    check_creator(queue, trusted)?;
    Ok(queue)
}

/// Whether one of these users has made the queue. You need not be allowed to read it.
///
/// The owner proves nothing. Who makes a queue under your well-known key and gives it to you stays
/// its creator, who may read, send, change and remove as you do, forever. The creator is the one
/// thing about a queue that nobody can change.
///
/// # Errors
///
/// `EPERM`: somebody else has made it, or a user who has no number in this user namespace, where
/// all of those look like one. `EINVAL`, `EIDRM`: it is gone.
pub fn check_creator(queue: Queue, trusted: &[Uid]) -> nix::Result<()> {
    let (creator, _) = Status::whatever_the_mode(queue)?.creator;
    match trusted.contains(&creator) && is_somebody(creator) {
        true => Ok(()),
        false => Err(Errno::EPERM),
    }
}
// ANCHOR_END: creator
