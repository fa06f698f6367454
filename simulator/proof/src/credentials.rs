//! Other credentials for the calling process, again and again.
//!
//! Its real and its saved user stay root's, so that it can come back; the kernel asks of a call on
//! a message queue only for the effective ones.

use std::fs;
use std::ptr;

use nix::errno::Errno;
use simulator::{Capabilities, Credentials};

const CAP_IPC_OWNER: u32 = 1 << 15;
const CAP_SYS_ADMIN: u32 = 1 << 21;
const CAP_SYS_RESOURCE: u32 = 1 << 24;
const CAPABILITIES: u32 = CAP_IPC_OWNER | CAP_SYS_ADMIN | CAP_SYS_RESOURCE;

fn bits(capable: Capabilities) -> u32 {
    let bit = |has, bit| if has { bit } else { 0 };
    bit(capable.ipc_owner, CAP_IPC_OWNER)
        | bit(capable.sys_admin, CAP_SYS_ADMIN)
        | bit(capable.sys_resource, CAP_SYS_RESOURCE)
}

/// Those of the capabilities that this thread may have and that count.
pub(crate) fn permitted() -> Capabilities {
    let sets = capabilities().expect("a thread may ask for its own capabilities");
    let has = |bit| sets.permitted & bit != 0;
    Capabilities {
        ipc_owner: has(CAP_IPC_OWNER),
        sys_admin: has(CAP_SYS_ADMIN),
        // The kernel asks for this one in the first user namespace, which maps every id to itself.
        sys_resource: has(CAP_SYS_RESOURCE) && maps_everybody(),
    }
}

fn maps_everybody() -> bool {
    let map = fs::read_to_string("/proc/self/uid_map").unwrap_or_default();
    map.split_ascii_whitespace().eq(["0", "0", "4294967295"])
}

/// All that this process may be.
pub(crate) fn regain_root() {
    // Whoever cannot, was not root and has nothing to return to: what comes next will tell.
    let _ = capabilities().and_then(|mut sets| {
        sets.effective = sets.permitted;
        set_capabilities(sets)
    });
    let _ = set_user(0);
}

/// Has these credentials, and of the capabilities that matter to queues these.
pub(crate) fn assume(who: &Credentials) -> nix::Result<()> {
    regain_root();
    let groups = set_groups(&who.groups);
    // The root of a user namespace may not change its groups. To be root is all it can ask for.
    if who.uid != 0 || who.gid != 0 || !who.groups.is_empty() {
        groups?;
    }
    set_group(who.gid)?;
    set_user(who.uid)?;
    let mut sets = capabilities()?;
    let wanted = bits(who.capable);
    if sets.permitted & wanted != wanted {
        return Err(Errno::EPERM);
    }
    let others = if who.uid == 0 { sets.permitted } else { 0 };
    sets.effective = others & !CAPABILITIES | wanted;
    set_capabilities(sets)
}

// Past the C library, whose functions of these names speak to threads that a forked process has
// not.

fn set_groups(groups: &[u32]) -> nix::Result<()> {
    // SAFETY: the kernel reads as many numbers as it is told are there.
    let done = unsafe { libc::syscall(libc::SYS_setgroups, groups.len(), groups.as_ptr()) };
    Errno::result(done).map(drop)
}

fn set_group(gid: u32) -> nix::Result<()> {
    // SAFETY: the call takes three numbers.
    let done = unsafe { libc::syscall(libc::SYS_setresgid, gid, gid, gid) };
    Errno::result(done).map(drop)
}

fn set_user(uid: u32) -> nix::Result<()> {
    // SAFETY: the call takes three numbers.
    let done = unsafe { libc::syscall(libc::SYS_setresuid, 0, uid, 0) };
    Errno::result(done).map(drop)
}

/// The first 32 capabilities, as capget(2) and capset(2) take them, and the others behind.
#[derive(Clone, Copy)]
#[repr(C)]
struct Sets {
    effective: u32,
    permitted: u32,
    inheritable: u32,
    others: [u32; 3],
}

#[repr(C)]
struct Header {
    version: u32,
    pid: i32,
}

const HEADER: Header = Header { version: 0x2008_0522, pid: 0 };

fn capabilities() -> nix::Result<Sets> {
    let mut header = HEADER;
    let mut sets = Sets { effective: 0, permitted: 0, inheritable: 0, others: [0; 3] };
    let (header, place) = (&raw mut header, &raw mut sets);
    // SAFETY: the third version of the call reads a header and writes six numbers: there they are.
    let done = unsafe { libc::syscall(libc::SYS_capget, header, place) };
    Errno::result(done).map(|_| sets)
}

fn set_capabilities(sets: Sets) -> nix::Result<()> {
    let mut header = HEADER;
    // SAFETY: the third version of the call reads a header and six numbers: there they are.
    let done = unsafe { libc::syscall(libc::SYS_capset, &raw mut header, ptr::from_ref(&sets)) };
    Errno::result(done).map(drop)
}
