//! A key that nobody uses.

use std::hash::{BuildHasher, Hasher, RandomState};

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use nix::errno::Errno;

/// Makes a queue under a key that the library chooses, at random and never one that is taken.
///
/// For programs that find each other by a number which the first one hands on. It is no secret:
/// `ipcs -q` shows it to everybody. A queue that is to be found by its id alone needs no key:
/// [`Queue::private`].
///
/// # Errors
///
/// `ENOSPC`, `ENOMEM`: as for [`Queue::create_new`].
#[doc(alias = "IPC_EXCL")]
pub fn create_with_free_key(mode: Mode) -> nix::Result<(Key, Queue)> {
    loop {
        // The standard library's hashers begin with random numbers.
        let random = RandomState::new().build_hasher().finish();
        let Some(key) = Key::new(random as libc::key_t) else { continue };
        match Queue::create_new(key, mode) {
            // One key in 134,000 is taken on a system that is full.
            Err(Errno::EEXIST) => {}
            made => return made.map(|queue| (key, queue)),
        }
    }
}
