//! The bare system calls. The chapters' crates are built with this harness's help, so its own tests
//! cannot use them.

use nix::Result;
use nix::errno::Errno;

/// Makes a queue; fails with `EEXIST` when there is one with this key.
pub(crate) fn create(key: i32) -> Result<i32> {
    // SAFETY: msgget takes two numbers and touches no memory of ours.
    let id = unsafe { libc::msgget(key, libc::IPC_CREAT | libc::IPC_EXCL | 0o600) };
    Errno::result(id)
}

/// Waits for a message of at most 8 bytes.
pub(crate) fn receive(id: i32) -> Result<usize> {
    let mut message = [0_u64; 2]; // the type and 8 bytes of text
    // SAFETY: the kernel writes the type (a c_long, at most 8 bytes) and at most 8 bytes behind it:
    // 16 in all, which is what `message` has; it is aligned for a c_long and outlives the call.
    let length = unsafe { libc::msgrcv(id, message.as_mut_ptr().cast(), 8, 0, 0) };
    Errno::result(length).map(|length| length.unsigned_abs())
}
