//! A queue with a key that nobody uses.

use std::iter;

use ch01_key_setup::Key;
use nix::errno::Errno;

use crate::{Mode, Queue};

/// Even where a system has all the queues that Linux can be told to allow, 16 million, a random
/// key is in use once in 256 times: that often in a row, once in 2^128 times.
const TRIES: usize = 16;

impl Queue {
    /// Makes a queue with a key that no queue has, and says which.
    ///
    /// For a queue that others are told of: unlike a private one it can be found by its key, and
    /// unlike its ID the key is not given away again soon after the queue has gone. The kernel
    /// decides that the key is unused (`IPC_EXCL`), so of all who try at the same time, no two get
    /// the same.
    ///
    /// # Errors
    ///
    /// `ENOSPC`, `ENOMEM`: as for [`Queue::create`].
    pub fn create_unused(mode: Mode) -> nix::Result<(Key, Queue)> {
        Queue::create_first_unused(iter::repeat_with(Key::random).take(TRIES), mode)
    }

    /// The same with the first of these keys that no queue has.
    ///
    /// # Errors
    ///
    /// `EEXIST`: there are queues with all of them. `ENOSPC`, `ENOMEM`: as for [`Queue::create`].
    pub fn create_first_unused(
        keys: impl IntoIterator<Item = Key>,
        mode: Mode,
    ) -> nix::Result<(Key, Queue)> {
        for key in keys {
            match Queue::create_new(key, mode) {
                Err(Errno::EEXIST) => {}
                made => return made.map(|queue| (key, queue)),
            }
        }
        Err(Errno::EEXIST)
    }
}
