//! An ordinary user, for as long as one closure runs, wherever the tests run.

use std::panic::resume_unwind;
use std::thread;

use nix::errno::Errno;

/// Runs `body` without root's rights, on a thread of its own: the mode of a queue, and of a file,
/// then counts for it as for anybody.
///
/// The user stays the same, so queues of the test's are its own. For another user's there is
/// [`support::as_stranger`], which only root can have.
///
/// # Panics
///
/// When the body does.
pub fn as_ordinary_user<T: Send>(body: impl FnOnce() -> T + Send) -> T {
    let result = thread::scope(|scope| {
        let thread = scope.spawn(|| {
            give_up_capabilities().expect("rights can always be given up");
            body()
        });
        thread.join()
    });
    result.unwrap_or_else(|panic| resume_unwind(panic))
}

/// Past the C library, as this is about one thread.
pub(crate) fn give_up_capabilities() -> nix::Result<()> {
    // `_LINUX_CAPABILITY_VERSION_3` and this thread; then three sets of 64 bits, all of them empty.
    let header = [0x2008_0522_u32, 0];
    let sets = [0_u32; 6];
    // SAFETY: capset reads a header of two words and, in this version, six words of sets.
    let result = unsafe { libc::syscall(libc::SYS_capset, header.as_ptr(), sets.as_ptr()) };
    Errno::result(result).map(drop)
}
