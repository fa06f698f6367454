//! A ring for two who do not trust each other: one sender, one receiver, memory that cannot shrink,
//! and no mutex in it.

mod receiver;
mod sender;

use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::Ordering;

use nix::errno::Errno;
use nix::fcntl::{FcntlArg, SealFlag, fcntl};
use nix::sys::memfd::{MFdFlags, memfd_create};
use nix::sys::statfs::{TMPFS_MAGIC, fstatfs};

use crate::lane::Lane;
use crate::layout::{Header, Layout, Shape};

pub use receiver::SealedReceiver;
pub use sender::SealedSender;

/// What looks different from a [`Ring`](crate::Ring)'s memory: there is no lock in it.
const VERSION: u32 = 1 << 16;

fn seals() -> SealFlag {
    SealFlag::F_SEAL_SHRINK | SealFlag::F_SEAL_GROW | SealFlag::F_SEAL_SEAL
}

/// Makes the memory of a ring for one sender and one receiver. It has no name: hand the descriptor
/// over a Unix socket, or to a child. It is gone when nobody has it any more.
///
/// It is sealed: neither side can change its size.
///
/// # Errors
///
/// `ENOSPC`, `ENOMEM`: there is no room. `EMFILE`: there are too many open files.
#[doc(alias = "memfd_create")]
pub fn sealed_memory(shape: Shape) -> nix::Result<OwnedFd> {
    let file = memfd_create(c"ring", MFdFlags::MFD_CLOEXEC | MFdFlags::MFD_ALLOW_SEALING)?;
    Layout::create(&file, VERSION, shape, 0)?.finish();
    fcntl(&file, FcntlArg::F_ADD_SEALS(seals()))?;
    Ok(file)
}

// ANCHOR: sealed
/// Maps memory that comes from a stranger, who can write to it whenever they like and cannot make
/// it shorter.
fn open(file: impl AsFd) -> nix::Result<Lane> {
    // Without the seals the other side could make the file shorter, and our next access to it
    // would be a SIGBUS. What is no memfd has none to show: EINVAL.
    let found = fcntl(&file, FcntlArg::F_GET_SEALS).map_err(|_| Errno::EPERM)?;
    if !SealFlag::from_bits_truncate(found).contains(seals()) {
        return Err(Errno::EPERM);
    }
    // Of huge pages there may be none left when one is needed, which is a SIGBUS again.
    if fstatfs(&file)?.filesystem_type() != TMPFS_MAGIC {
        return Err(Errno::EPERM);
    }
    Layout::open(file, VERSION, 0).map(Lane).map_err(|errno| match errno {
        // Not finished, and nobody will: sealing comes last.
        Errno::EAGAIN => Errno::EBADMSG,
        errno => errno,
    })
}
// ANCHOR_END: sealed

fn close(header: &Header) {
    header.closed.store(1, Ordering::Release);
    header.items.ring();
    header.spaces.ring();
}
