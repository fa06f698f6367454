//! What the three standard descriptors were when the process started.
//!
//! Rust's runtime replaces closed ones before `main`, so this looks earlier: the C library calls
//! the functions listed in the section `.init_array` before it calls C's `main`.

use std::ffi::c_int;
use std::hint::black_box;
use std::sync::atomic::{AtomicI32, Ordering};

/// The flags of descriptors 0 and 1 (`F_GETFL`), or `CLOSED`.
static FLAGS: [AtomicI32; 2] = [const { AtomicI32::new(CLOSED) }; 2];

const CLOSED: c_int = -1;

/// Called with C's arguments of `main`, which a C function may ignore.
// SAFETY: `.init_array` is a list of pointers to C functions, on Linux and FreeBSD; this is one.
#[used]
#[unsafe(link_section = ".init_array")]
static RECORD: extern "C" fn() = record;

/// Runs before Rust's runtime: it uses nothing of the standard library that needs it.
extern "C" fn record() {
    for (descriptor, flags) in (0..).zip(&FLAGS) {
        // SAFETY: F_GETFL takes no third argument and touches no memory of ours; a descriptor that
        // is not open gives EBADF.
        let found = unsafe { libc::fcntl(descriptor, libc::F_GETFL) };
        flags.store(found, Ordering::Relaxed);
    }
}

/// How a descriptor was open when the process started: its flags, or `None` if it was closed.
pub(crate) fn flags(descriptor: usize) -> Option<c_int> {
    // Somebody has to refer to the list's entry, or a linker might leave it out.
    black_box(RECORD);
    let flags = FLAGS[descriptor].load(Ordering::Relaxed);
    (flags != CLOSED).then_some(flags)
}
