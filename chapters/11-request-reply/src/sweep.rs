//! Removing what killed callers have left, and nothing else.

use std::fs;
use std::time::{Duration, SystemTime};

use ch01_key_setup::Key;
use ch02_create::Queue;
use ch06_cleanup::{Status, remove};
use nix::errno::Errno;

use crate::semaphores::Set;
use crate::sign::{self, Reading};

/// What a sweep has found and done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Swept {
    /// Queues of dead callers that were removed.
    pub queues: usize,
    /// Signs of dead callers that were removed. More than queues: some died between the two.
    pub signs: usize,
    /// Callers that live.
    pub living: usize,
    /// What looks like a sign of a caller of another user, and this one may not read or remove.
    pub foreign: usize,
}

/// How old a sign is that was not raised when it is taken for one that never will be.
const GRACE: Duration = Duration::from_secs(10);

/// Removes the queues and signs of callers whose process has ended.
///
/// Several sweeps may run at the same time, and callers may start, die and be killed meanwhile. A
/// caller that was killed in the few microseconds before it raised its sign has left a set of
/// semaphores, and no queue; it is removed once it is ten seconds old. Another program's set cannot
/// be told from that if it has a key, the mode 711 and three semaphores, all of them 0, and no
/// semop(2) has ever been done on it.
///
/// # Errors
///
/// `ENOENT`: `/proc` is not there.
pub fn sweep() -> nix::Result<Swept> {
    sweep_after(GRACE)
}

/// As [`sweep`], with another age for signs that were not raised. A caller that is about to raise
/// its sign, and is older, is not harmed: it makes another.
///
/// # Errors
///
/// As for [`sweep`].
pub fn sweep_after(grace: Duration) -> nix::Result<Swept> {
    let list = fs::read_to_string("/proc/sysvipc/sem")
        .map_err(|error| Errno::try_from(error).unwrap_or(Errno::EIO))?;
    let mut swept = Swept::default();
    for entry in list.lines().filter_map(Entry::parse) {
        match entry.sweep(grace, &mut swept) {
            Err(Errno::EACCES | Errno::EPERM) => swept.foreign += 1,
            // Its process, or another sweep, has removed it meanwhile.
            Ok(()) | Err(Errno::EINVAL | Errno::EIDRM) => {}
            Err(errno) => return Err(errno),
        }
    }
    Ok(swept)
}

/// A set of semaphores that has the form of a sign, as the kernel lists it.
struct Entry {
    key: Key,
    set: Set,
    /// Whether anything has ever been done to it, and when it was made.
    used: bool,
    made: SystemTime,
}

impl Entry {
    // ANCHOR: sweep
    fn sweep(&self, grace: Duration, swept: &mut Swept) -> nix::Result<()> {
        // The queue first: if the sign is found dead after that, it was there all the time, and
        // no living caller can have made a queue with its key.
        let queue = Queue::open(self.key);
        match sign::read(self.set)? {
            Reading::Alive => swept.living += 1,
            Reading::Dead => {
                if let Ok(queue) = queue {
                    swept.queues += usize::from(self.remove_queue(queue)?);
                }
                self.remove_sign(swept)?;
            }
            Reading::Abandoned => self.remove_sign(swept)?,
            Reading::Unmarked => {
                if !self.used && self.is_older_than(grace) && sign::abandon(self.set)? {
                    self.remove_sign(swept)?;
                }
            }
        }
        Ok(())
    }

    /// Removes the dead caller's queue; false if it is gone, or was made by somebody else.
    fn remove_queue(&self, queue: Queue) -> nix::Result<bool> {
        let removed = Status::of(queue).and_then(|status| {
            let ours = status.creator.0 == self.set.creator()?;
            if ours { remove(queue).map(|()| true) } else { Ok(false) }
        });
        match removed {
            Err(Errno::EINVAL | Errno::EIDRM) => Ok(false),
            removed => removed,
        }
    }
    // ANCHOR_END: sweep

    fn remove_sign(&self, swept: &mut Swept) -> nix::Result<()> {
        self.set.remove()?;
        swept.signs += 1;
        Ok(())
    }

    fn is_older_than(&self, grace: Duration) -> bool {
        // A clock that was set back makes it younger, and it waits for another sweep.
        self.made.elapsed().is_ok_and(|age| age >= grace)
    }

    /// A line of `/proc/sysvipc/sem`; `None` if it is not about a sign.
    fn parse(line: &str) -> Option<Entry> {
        let columns: Vec<&str> = line.split_ascii_whitespace().collect();
        let [key, id, mode, semaphores, _, _, _, _, used, made] = columns[..] else {
            return None;
        };
        let is_sign = i32::from_str_radix(mode, 8) == Ok(sign::MODE)
            && semaphores.parse() == Ok(sign::SEMAPHORES);
        let made: u64 = made.parse().ok()?;
        is_sign.then_some(())?;
        Some(Entry {
            key: Key::new(key.parse().ok()?)?,
            set: Set::from_id(id.parse().ok()?),
            used: used != "0",
            made: SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(made))?,
        })
    }
}
