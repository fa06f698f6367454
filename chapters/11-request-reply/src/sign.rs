//! A sign of life, which the kernel takes down when its process ends.
//!
//! A process that is killed cleans nothing up, and its process ID proves nothing: the next process
//! gets it, and another pid namespace has its own. What the kernel does at the end of each process,
//! however it ends, is to undo what that has done to semaphores with `SEM_UNDO`. The sign is a set
//! of semaphores with the key of the queue that it stands for, in the IPC namespace of that queue:
//! whoever can see the one can see the other.
//!
//! | life | mark | |
//! | --- | --- | --- |
//! | 0 | 0, 0 | just made: its process is about to raise it, or was killed before it could |
//! | 1 | `re`, `ly` | its process lives |
//! | 0 | `re`, `ly` | its process has ended |
//! | 0 | 1, 0 | was never raised and cannot be any more: somebody is removing it |

use std::ffi::{c_int, c_short};

use ch01_key_setup::Key;
use ch06_cleanup::Process;
use nix::errno::Errno;
use nix::unistd::Uid;

use crate::semaphores::{Set, Step};

/// The semaphores of the set.
const LIFE: u16 = 0;
const MARK: [u16; 2] = [1, 2];

/// How many semaphores a sign has.
pub(crate) const SEMAPHORES: c_int = 3;

/// Its owner may do everything. The bits for executing allow nothing; few sets have them, which
/// helps to tell signs from the semaphores of others.
pub(crate) const MODE: c_int = 0o711;

/// What a mark is made of: two numbers that nobody has by chance.
const RE: c_short = i16::from_be_bytes(*b"re");
const LY: c_short = i16::from_be_bytes(*b"ly");

/// A sign that is up as long as this process lives and this is not dropped.
#[derive(Debug)]
pub(crate) struct Sign {
    set: Set,
    process: Process,
}

impl Sign {
    // ANCHOR: raise
    /// Makes the sign for this key and raises it.
    ///
    /// Mark and life are one call: a set with a mark has been raised. If that call comes too late,
    /// the sweepers have taken the set for one that was left behind, and this key is not ours.
    ///
    /// # Errors
    ///
    /// `EEXIST`: the key is in use. `ENOSPC`: the system has all the sets (`SEMMNI`) or semaphores
    /// that it may have. `ENOMEM`.
    pub(crate) fn raise(key: Key) -> nix::Result<Sign> {
        let set = Set::create_new(key, SEMAPHORES, MODE)?;
        let raised = set.operate([
            Step::if_zero(MARK[0]),
            Step::add(MARK[0], RE),
            Step::add(MARK[1], LY),
            Step::add_while_alive(LIFE, 1),
        ]);
        match raised {
            Ok(()) => Ok(Sign { set, process: Process::current() }),
            Err(Errno::EAGAIN | Errno::EIDRM | Errno::EINVAL) => Err(Errno::EEXIST),
            Err(errno) => set.remove().and(Err(errno)),
        }
    }
    // ANCHOR_END: raise
}

impl Drop for Sign {
    fn drop(&mut self) {
        // A forked child has a copy of this, and its parent lives.
        if self.process == Process::current() {
            // Nobody is left to be told of an error; the usual one is that it is gone already.
            let _ = self.set.remove();
        }
    }
}

/// What a set of semaphores says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A sign, and its process lives.
    Alive,
    /// A sign whose process has ended.
    Dead,
    /// A sign that was never raised, and never will be.
    Abandoned,
    /// Not a sign, or not yet.
    Unmarked,
}

/// Reads a set. The mark first: it never changes, so a life of 0 that is read after it is an end.
///
/// # Errors
///
/// `EACCES`: it is another user's. `EINVAL`, `EIDRM`: it is gone.
pub(crate) fn read(set: Set) -> nix::Result<Reading> {
    let [first, second] = MARK.map(|semaphore| set.value(c_int::from(semaphore)));
    let (first, second, life) = (first?, second?, set.value(c_int::from(LIFE))?);
    Ok(if (first, second) == (c_int::from(RE), c_int::from(LY)) {
        if life > 0 { Reading::Alive } else { Reading::Dead }
    } else if (first, second, life) == (1, 0, 0) {
        Reading::Abandoned
    } else {
        Reading::Unmarked
    })
}

/// Sees to it that a sign which was never raised never will be: false if it has been, meanwhile.
pub(crate) fn abandon(set: Set) -> nix::Result<bool> {
    let steps = [
        Step::if_zero(LIFE),
        Step::if_zero(MARK[1]),
        Step::if_zero(MARK[0]),
        Step::add(MARK[0], 1),
    ];
    match set.operate(steps) {
        Err(Errno::EAGAIN) => Ok(false),
        done => done.map(|()| true),
    }
}

/// Whether there is a sign for this key, made by this user, whose process lives.
///
/// # Errors
///
/// `EACCES`: the sign is another user's, and this process may not read it.
pub(crate) fn is_alive(key: Key, creator: Uid) -> nix::Result<bool> {
    let look = || {
        let set = Set::open(key)?;
        Ok(set.creator()? == creator && read(set)? == Reading::Alive)
    };
    match look() {
        // There is none, or it has just been removed.
        Err(Errno::ENOENT | Errno::EINVAL | Errno::EIDRM) => Ok(false),
        answer => answer,
    }
}
