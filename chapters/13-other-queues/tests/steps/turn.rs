//! Who may make POSIX queues now: a user has few, and all tests of a user share them.

use std::env;
use std::fs::File;

use nix::fcntl::{Flock, FlockArg};

/// While it lives, no other test makes a queue, in whatever process of this test program.
#[must_use]
pub(crate) struct Turn(
    #[expect(dead_code, reason = "it is unlocked when it is dropped")] Flock<File>,
);

impl Turn {
    pub(crate) fn take() -> Turn {
        let program = env::current_exe().and_then(File::open).expect("it is being run");
        let lock = Flock::lock(program, FlockArg::LockExclusive).map_err(|(_, errno)| errno);
        Turn(lock.expect("it can be waited for"))
    }
}
