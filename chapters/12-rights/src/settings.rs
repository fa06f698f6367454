//! What the owner of a queue may set.

use ch02_create::{Mode, Queue};
use ch06_cleanup::change;
use nix::errno::Errno;
use nix::unistd::{Gid, Uid};

/// What to change about a queue: owner, group, mode, capacity. What is not named stays as it is.
///
/// A queue of capacity 0 is shut: somebody is closing it, and will lose what is sent after its last
/// look. `Settings` therefore leave a shut door shut, and refuse to open it unless that is what
/// [`opening`](Settings::opening) asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use = "nothing changes before `apply`"]
pub struct Settings {
    owner: Option<Uid>,
    group: Option<Gid>,
    mode: Option<Mode>,
    capacity: Option<usize>,
    opening: bool,
}

impl Settings {
    /// Nothing to change yet.
    pub const fn new() -> Settings {
        Settings { owner: None, group: None, mode: None, capacity: None, opening: false }
    }

    /// Gives the queue to this user, who may then change and remove it. So may its creator, for
    /// ever.
    #[doc(alias = "msg_perm")]
    pub const fn owner(self, user: Uid) -> Settings {
        Settings { owner: Some(user), ..self }
    }

    /// Gives the queue to this group, whose members get what the middle digit of the mode says. So
    /// do the members of its creator's group, forever.
    #[doc(alias = "msg_perm")]
    pub const fn group(self, group: Gid) -> Settings {
        Settings { group: Some(group), ..self }
    }

    /// Who may read and write. The bits for executing are kept and allow nothing.
    pub const fn mode(self, mode: Mode) -> Settings {
        Settings { mode: Some(mode), ..self }
    }

    /// How many bytes, and how many messages, the queue may hold. 0 shuts it.
    #[doc(alias = "msg_qbytes")]
    pub const fn capacity(self, bytes: usize) -> Settings {
        Settings { capacity: Some(bytes), ..self }
    }

    /// As [`capacity`](Settings::capacity), also where somebody has shut the door. Whoever did so
    /// to close the queue may lose what comes in then.
    pub const fn opening(self, bytes: usize) -> Settings {
        Settings { opening: true, ..self.capacity(bytes) }
    }

    // ANCHOR: apply
    /// Changes the queue, whether or not you may read it.
    ///
    /// The kernel sets all four together, so they are read, and what is not named is written back:
    /// see [`change`] for what that can lose. It wakes everybody asleep on the queue, to look again
    /// whether they still may.
    ///
    /// # Errors
    ///
    /// `EPERM`: you are neither its owner nor its creator nor privileged, or the capacity is above
    /// `msgmnb`, which takes `CAP_SYS_RESOURCE` outside every user namespace. `EBUSY`: the door is
    /// shut, and the capacity was to be more than 0. `EINVAL`: the queue is gone; the capacity is
    /// above `i32::MAX`, of which the kernel would keep 32 bits; owner or group is -1; or one of
    /// them does not exist in your user namespace, also one that was only to be written back.
    #[doc(alias = "IPC_SET")]
    pub fn apply(&self, queue: Queue) -> nix::Result<()> {
        let capacity = self.capacity.map(i32::try_from).transpose().map_err(|_| Errno::EINVAL)?;
        change(queue, |status| {
            let shut = status.msg_qbytes == 0;
            if shut && !self.opening && capacity.is_some_and(|bytes| bytes > 0) {
                return Err(Errno::EBUSY);
            }
            if let Some(user) = self.owner {
                status.msg_perm.uid = user.as_raw();
            }
            if let Some(group) = self.group {
                status.msg_perm.gid = group.as_raw();
            }
            if let Some(mode) = self.mode {
                status.msg_perm.mode = mode.bits() as _;
            }
            if let Some(bytes) = capacity {
                status.msg_qbytes = bytes as libc::msglen_t;
            }
            Ok(())
        })
    }
    // ANCHOR_END: apply
}
