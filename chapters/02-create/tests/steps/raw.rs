//! Calls of later chapters, which this one cannot use yet, and one that the library makes
//! impossible.

use ch01_key_setup::Key;
use nix::errno::Errno;

/// Sends an empty message of type 1.
pub(crate) fn send(id: i32) -> nix::Result<()> {
    let message: libc::c_long = 1;
    // SAFETY: the kernel reads one `c_long` and no byte behind it.
    let done = unsafe { libc::msgsnd(id, (&raw const message).cast(), 0, libc::IPC_NOWAIT) };
    Errno::result(done).map(drop)
}

/// Asks for the queue with this key, with these flags.
pub(crate) fn msgget(key: Key, flags: i32) -> nix::Result<i32> {
    // SAFETY: msgget takes two numbers and touches no memory of ours.
    Errno::result(unsafe { libc::msgget(key.raw(), flags) })
}
