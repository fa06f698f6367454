//! The C library's `ftok`, and a test's word in it.

use std::cell::Cell;
use std::ffi::{CStr, OsStr, c_char, c_int};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;

use nix::errno::Errno;

thread_local! {
    static ANSWER: Cell<Option<nix::Result<i32>>> = const { Cell::new(None) };
}

/// Runs `body`; the first `ftok` of this thread in it returns this, or fails with this.
///
/// `None` if there was no such call.
pub fn with_ftok<T>(answer: nix::Result<i32>, body: impl FnOnce() -> T) -> Option<T> {
    ANSWER.set(Some(answer));
    let returned = body();
    ANSWER.take().is_none().then_some(returned)
}

/// What glibc and musl compute; the tests of chapter 1 compare that with theirs.
///
/// # Safety
///
/// As for ftok(3): `path` is a C string.
#[unsafe(no_mangle)]
unsafe extern "C" fn ftok(path: *const c_char, project: c_int) -> c_int {
    // SAFETY: our caller has promised a C string.
    let path = OsStr::from_bytes(unsafe { CStr::from_ptr(path) }.to_bytes());
    let computed = || {
        let file = fs::metadata(path);
        let file = file.map_err(|error| Errno::try_from(error).unwrap_or(Errno::EINVAL))?;
        let (device, inode) = ((file.dev() & 0xff) as i32, (file.ino() & 0xffff) as i32);
        Ok(project << 24 | device << 16 | inode)
    };
    ANSWER.take().unwrap_or_else(computed).unwrap_or_else(|errno| {
        errno.set();
        -1
    })
}
