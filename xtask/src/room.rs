//! A place for queues of our own: an IPC namespace if we may have one, otherwise a key that nobody else uses.

use std::process::{self, Command, Stdio};

/// As long as it lives, queues under [`key`](Room::key) bother nobody; afterwards there is none.
pub(crate) struct Room {
    pub(crate) key: i32,
    alone: bool,
}

impl Room {
    pub(crate) fn new() -> Room {
        // The id of this process tells apart what runs at the same time; the number in front ("LM") what others chose.
        let spare = 0x4c4d_0000 + i32::try_from(process::id() % 0x1_0000).unwrap_or_default();
        let alone = enter_namespace();
        Room {
            key: if alone { 1234 } else { spare },
            alone,
        }
    }

    /// What a reader of the figures should know about it.
    pub(crate) fn describe(&self) -> &'static str {
        if self.alone {
            "an IPC namespace of its own"
        } else {
            "a key of its own (a namespace is not permitted here)"
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        // A namespace takes its queues along. Elsewhere one may be left when a server was killed; usually there is none.
        if !self.alone {
            let _ = Command::new("ipcrm")
                .arg("-Q")
                .arg(self.key.to_string())
                .stderr(Stdio::null())
                .status();
        }
    }
}

/// Root may have a namespace as it is; others need a user namespace around it, which some systems forbid.
#[cfg(target_os = "linux")]
fn enter_namespace() -> bool {
    use nix::sched::{CloneFlags, unshare};
    unshare(CloneFlags::CLONE_NEWIPC).is_ok() || enter_as_ordinary_user().is_ok()
}

#[cfg(target_os = "linux")]
fn enter_as_ordinary_user() -> std::io::Result<()> {
    use nix::sched::{CloneFlags, unshare};
    use nix::unistd::{getgid, getuid};
    use std::fs::write;

    let (user, group) = (getuid(), getgid());
    unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWIPC)?;
    // Inside, we stay who we are. Without these lines we would be nobody, which strace does not like.
    write("/proc/self/setgroups", "deny")?;
    write("/proc/self/uid_map", format!("{user} {user} 1"))?;
    write("/proc/self/gid_map", format!("{group} {group} 1"))
}

#[cfg(not(target_os = "linux"))]
fn enter_namespace() -> bool {
    false
}
