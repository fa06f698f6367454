//! In which order the kernel looks at what it is given: which mistake hides which.
//!
//! Only raw calls can make these mistakes.

use std::ffi::{c_long, c_void};
use std::ptr;

use nix::errno::Errno;

/// A page that can be used and one behind it that cannot.
struct TwoPages {
    start: *mut c_void,
    page: usize,
}

impl TwoPages {
    fn new() -> TwoPages {
        // SAFETY: sysconf takes a number.
        let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
        let page = usize::try_from(page).expect("there is a page size");
        let (access, kind) =
            (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
        // SAFETY: new memory, where the kernel likes; nothing of ours lies there.
        let start = unsafe { libc::mmap(ptr::null_mut(), 2 * page, access, kind, -1, 0) };
        assert_ne!(start, libc::MAP_FAILED);
        let second = start.wrapping_byte_add(page);
        // SAFETY: the second page is part of the new memory, and nothing refers to it.
        let done = unsafe { libc::mprotect(second, page, libc::PROT_NONE) };
        Errno::result(done).expect("the page is ours");
        TwoPages { start, page }
    }

    /// A message of this type whose bytes cannot be read.
    fn message(&self, message_type: c_long) -> *const c_void {
        let place = self.start.wrapping_byte_add(self.page - size_of::<c_long>()).cast::<c_long>();
        // SAFETY: the last bytes of the first page, which can be written and are aligned: a page is
        // a multiple of the size of a `c_long`.
        unsafe { place.write(message_type) };
        place.cast_const().cast()
    }
}

impl Drop for TwoPages {
    fn drop(&mut self) {
        // SAFETY: the memory was mapped in `new`, and whoever pointed there borrowed nothing.
        let _ = unsafe { libc::munmap(self.start, 2 * self.page) };
    }
}

/// What msgsnd says to this message, on a queue that does not exist.
fn verdict(message: *const c_void, size: usize) -> Errno {
    const NO_QUEUE: i32 = i32::MAX;
    // SAFETY: whatever the pointer and the size are, the kernel reads through its own checked copy
    // and answers EFAULT where there is nothing to read; it writes nothing.
    let done = unsafe { libc::msgsnd(NO_QUEUE, message, size, libc::IPC_NOWAIT) };
    Errno::result(done).expect_err("there is no such queue")
}

#[test]
fn type_that_cannot_be_read_is_seen_first() {
    assert_eq!(verdict(ptr::null(), usize::MAX), Errno::EFAULT);
}

#[test]
fn size_and_type_are_seen_before_the_bytes() {
    let memory = TwoPages::new();
    assert_eq!(verdict(memory.message(1), 100_000_000), Errno::EINVAL);
    assert_eq!(verdict(memory.message(0), 5), Errno::EINVAL);
    assert_eq!(verdict(memory.message(-1), 5), Errno::EINVAL);
}

#[test]
fn bytes_that_cannot_be_read_are_seen_before_the_id() {
    let memory = TwoPages::new();
    assert_eq!(verdict(memory.message(1), 5), Errno::EFAULT);
}

#[test]
fn id_is_seen_last() {
    let memory = TwoPages::new();
    assert_eq!(verdict(memory.message(1), 0), Errno::EINVAL, "no byte, no fault");
}
