//! Who makes a call.

use alloc::vec::Vec;

/// The user, the groups and the capabilities of a process: what the kernel looks at when it asks
/// whether a call is allowed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Credentials {
    /// The effective user id.
    pub uid: u32,
    /// The effective group id.
    pub gid: u32,
    /// The supplementary groups.
    pub groups: Vec<u32>,
    /// What it may do beside that.
    pub capable: Capabilities,
}

/// The capabilities that matter to message queues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Capabilities {
    /// `CAP_IPC_OWNER`: read and write whatever the mode says.
    pub ipc_owner: bool,
    /// `CAP_SYS_ADMIN`: change and remove anybody's queue.
    pub sys_admin: bool,
    /// `CAP_SYS_RESOURCE`: raise a queue's capacity above `msgmnb`.
    pub sys_resource: bool,
}

impl Capabilities {
    /// All of them.
    pub const ALL: Capabilities =
        Capabilities { ipc_owner: true, sys_admin: true, sys_resource: true };
}

impl Credentials {
    /// The user who may do anything.
    #[must_use]
    pub const fn root() -> Credentials {
        Credentials { uid: 0, gid: 0, groups: Vec::new(), capable: Capabilities::ALL }
    }

    /// An ordinary user, with no groups but this one.
    #[must_use]
    pub fn user(uid: u32, gid: u32) -> Credentials {
        Credentials { uid, gid, groups: Vec::new(), capable: Capabilities::default() }
    }

    /// Whether one of the groups is this one.
    #[must_use]
    pub fn in_group(&self, gid: u32) -> bool {
        self.gid == gid || self.groups.contains(&gid)
    }
}
