//! What `msgctl` tells of a queue, and what it changes.

use core::fmt;

use crate::Pid;

/// The kernel's name for one queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Id(pub i32);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What `IPC_STAT` tells: C's `msqid_ds`, but for the times.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Status {
    /// The key it was made with; 0 if it is private.
    pub key: i32,
    /// Who may read and write, the low nine bits.
    pub mode: u32,
    /// The owner, at first the creator.
    pub uid: u32,
    /// The owner's group.
    pub gid: u32,
    /// The creator, for ever.
    pub cuid: u32,
    /// The creator's group.
    pub cgid: u32,
    /// How many bytes are in it.
    pub cbytes: u64,
    /// How many messages are in it.
    pub qnum: u64,
    /// How many bytes, and how many messages, it may hold.
    pub qbytes: u64,
    /// Who sent last; C says 0 where this is `None`.
    pub lspid: Option<Pid>,
    /// Who received last.
    pub lrpid: Option<Pid>,
}

/// What a queue lacks for one more message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Its bytes and those of the message would be more than its capacity.
    Bytes,
    /// It holds as many messages as its capacity has bytes.
    Messages,
}

impl Status {
    /// What keeps a message of this size out, `None` if there is room for it. The capacity counts
    /// twice: bytes, and messages. A receiver that waits for this very message does not help.
    #[must_use]
    pub fn lacks(&self, size: usize) -> Option<Lack> {
        if self.cbytes + size as u64 > self.qbytes {
            Some(Lack::Bytes)
        } else if self.qnum >= self.qbytes {
            Some(Lack::Messages)
        } else {
            None
        }
    }
}

/// What `IPC_SET` changes, all four at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Settings {
    /// The new owner.
    pub uid: u32,
    /// The new owner's group.
    pub gid: u32,
    /// The new mode. Only the low nine bits count.
    pub mode: u32,
    /// The new capacity. The kernel keeps it in an `int`, so only the low 32 bits count.
    pub qbytes: u64,
}

impl From<&Status> for Settings {
    /// The settings as they are: what to start from when only one of them is to change.
    fn from(status: &Status) -> Settings {
        Settings { uid: status.uid, gid: status.gid, mode: status.mode, qbytes: status.qbytes }
    }
}
