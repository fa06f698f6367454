//! What the kernel knows about a queue.

use std::time::{Duration, SystemTime};

use ch01_key_setup::Key;
use ch02_create::{Mode, Queue};
use nix::unistd::{Gid, Pid, Uid};

use crate::control;

// ANCHOR: status
/// A queue as it was at one moment. By the time you read it, it may be different.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[doc(alias = "msqid_ds")]
pub struct Status {
    /// The number under which it is looked up; `None` for a private queue.
    pub key: Option<Key>,
    /// How many messages are in it (`msg_qnum`).
    pub messages: usize,
    /// How many bytes these messages have together, types not counted (`msg_cbytes`).
    pub bytes: usize,
    /// How many bytes, and how many messages, it may hold (`msg_qbytes`).
    pub capacity: usize,
    /// Who may read and write.
    pub mode: Mode,
    /// Its owner, who may change and remove it.
    pub owner: (Uid, Gid),
    /// Who made it, and may change and remove it too, even after giving it away.
    pub creator: (Uid, Gid),
    /// Who sent last; `None` before the first message. Seen from another pid namespace it is 0.
    pub last_sender: Option<Pid>,
    /// Who received last; `None` before the first time. A receiver that was asleep when its message
    /// came is recorded by the id of its thread, not of its process.
    pub last_receiver: Option<Pid>,
    /// When a message was last sent, to the second.
    pub last_sent: Option<SystemTime>,
    /// When a message was last received, to the second.
    pub last_received: Option<SystemTime>,
    /// When it was made or last changed, to the second.
    pub last_changed: Option<SystemTime>,
}

impl Status {
    /// Asks the kernel about a queue.
    ///
    /// # Errors
    ///
    /// `EACCES`: its mode does not let you read it. `EINVAL` or `EIDRM`: it is gone. See msgctl(2).
    #[doc(alias = "IPC_STAT")]
    pub fn of(queue: Queue) -> nix::Result<Status> {
        control::read(queue).map(|raw| Status::from_raw(&raw))
    }
    // ANCHOR_END: status

    /// The same without the right to read: the kernel tells everybody, as it does in
    /// `/proc/sysvipc/msg`, which lacks the capacity.
    ///
    /// # Errors
    ///
    /// `EINVAL` or `EIDRM`: it is gone. `EACCES`: as for [`Status::of`], before Linux 4.17 only.
    #[doc(alias = "MSG_STAT_ANY")]
    #[cfg(target_os = "linux")]
    pub fn whatever_the_mode(queue: Queue) -> nix::Result<Status> {
        control::read_whatever_the_mode(queue).map(|raw| Status::from_raw(&raw))
    }

    /// The queue at a place of the kernel's table, whatever its mode.
    ///
    /// Places count from 0. The kernel looks at the part of the number that is a place, so the id
    /// of a queue is good as well, and finds who lives there now.
    ///
    /// # Errors
    ///
    /// `EINVAL`: nobody lives there, or Linux is older than 4.17. `EIDRM`: not any more.
    #[doc(alias = "MSG_STAT_ANY")]
    #[cfg(target_os = "linux")]
    pub fn at(place: i32) -> nix::Result<(Queue, Status)> {
        control::read_place(place).map(|(queue, raw)| (queue, Status::from_raw(&raw)))
    }

    /// C's structure, in Rust's types. The widths of its fields differ from platform to platform.
    fn from_raw(raw: &libc::msqid_ds) -> Status {
        #[cfg(target_os = "linux")]
        let bytes = raw.__msg_cbytes;
        #[cfg(target_os = "freebsd")]
        let bytes = raw.msg_cbytes;
        let perm = &raw.msg_perm;
        // The structure begins with it; libc's names for it differ, and some are not public.
        // SAFETY: on Linux the kernel has it at the start, on every processor, and so has every C
        // library, for the kernel writes all of the structure. It is there, and initialised.
        #[cfg(target_os = "linux")]
        let key = unsafe { (&raw const *perm).cast::<libc::key_t>().read() };
        #[cfg(target_os = "freebsd")]
        let key = perm.key;
        Status {
            key: Key::new(key),
            messages: raw.msg_qnum as usize,
            bytes: bytes as usize,
            capacity: raw.msg_qbytes as usize,
            mode: Mode::from_bits_truncate(perm.mode as libc::mode_t),
            owner: (Uid::from_raw(perm.uid), Gid::from_raw(perm.gid)),
            creator: (Uid::from_raw(perm.cuid), Gid::from_raw(perm.cgid)),
            last_sender: pid(raw.msg_lspid, time(raw.msg_stime)),
            last_receiver: pid(raw.msg_lrpid, time(raw.msg_rtime)),
            last_sent: time(raw.msg_stime),
            last_received: time(raw.msg_rtime),
            last_changed: time(raw.msg_ctime),
        }
    }
}

/// A process id, if it happened at all: the time tells a foreign namespace's 0 from "never".
fn pid(raw: libc::pid_t, when: Option<SystemTime>) -> Option<Pid> {
    when.map(|_| Pid::from_raw(raw))
}

/// Seconds since 1970; the kernel says 0 for "never".
fn time(seconds: impl TryInto<u64>) -> Option<SystemTime> {
    let seconds = seconds.try_into().ok().filter(|seconds| *seconds > 0)?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
}
