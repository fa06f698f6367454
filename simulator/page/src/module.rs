//! The exports of the WebAssembly module.
//!
//! Texts go in and out through the module's memory. There is one buffer for the text that comes in
//! and one for the answer, and each lives until the next call that replaces it.

use alloc::string::String;
use alloc::vec::Vec;
use core::cell::UnsafeCell;

use crate::{SOURCES, session_json};

#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

/// Nobody is there to read a message; the page sees the trap, and shows its picture instead.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

struct Buffers {
    incoming: Vec<u8>,
    answer: String,
}

struct OneThread(UnsafeCell<Buffers>);

// SAFETY: the module has no threads: it is built for wasm32-unknown-unknown without the feature
// `atomics`, and its memory is not shared.
unsafe impl Sync for OneThread {}

static BUFFERS: OneThread =
    OneThread(UnsafeCell::new(Buffers { incoming: Vec::new(), answer: String::new() }));

/// The buffers, for one export.
fn with_buffers<T>(work: impl FnOnce(&mut Buffers) -> T) -> T {
    // SAFETY: no second reference exists: there is one thread, the exports call nothing of the
    // page's, so none of them begins while another is at work, and each comes here once.
    work(unsafe { &mut *BUFFERS.0.get() })
}

/// Makes room for a session's text and says where.
#[unsafe(no_mangle)]
extern "C" fn reserve(len: usize) -> *mut u8 {
    with_buffers(|buffers| {
        buffers.incoming = alloc::vec![0; len];
        buffers.incoming.as_mut_ptr()
    })
}

/// Plays the session whose text was put where `reserve` said: where the answer is, and how long.
///
/// Nothing is read but what was reserved, whatever the page says.
#[unsafe(no_mangle)]
extern "C" fn session(ptr: *const u8, len: usize) -> u64 {
    with_buffers(|buffers| {
        let incoming = &buffers.incoming;
        let bytes = if ptr == incoming.as_ptr() { incoming.get(..len) } else { None };
        let text = String::from_utf8_lossy(bytes.unwrap_or_default());
        buffers.answer = session_json(&text);
        packed(&buffers.answer)
    })
}

/// What this module was built from.
#[unsafe(no_mangle)]
extern "C" fn sources() -> u64 {
    packed(SOURCES)
}

fn packed(text: &str) -> u64 {
    (text.as_ptr().addr() as u64) << 32 | text.len() as u64
}
