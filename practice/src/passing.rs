//! What passes between a program and the kernel when it looks at a queue, or changes it.
//!
//! Other users are not to be had everywhere. A test that needs a queue of somebody else's lets the
//! kernel's answer pass through its hands.

use std::cell::RefCell;
use std::ffi::{c_int, c_void};

/// The structure of msgctl(2), and the way that it takes.
#[derive(Debug)]
pub enum Passing<'status> {
    /// What the kernel says of a queue: the program will read it.
    Read(&'status mut libc::msqid_ds),
    /// What the program wants the queue to be: the kernel will read it.
    Set(&'status mut libc::msqid_ds),
}

type Hook = Box<dyn FnMut(c_int, Passing<'_>)>;

thread_local! {
    static HOOK: RefCell<Option<Hook>> = const { RefCell::new(None) };
}

/// Runs `body`. The structures of its calls of IPC_STAT and IPC_SET pass through `hook`, with the
/// ID of the queue.
pub fn passing<T>(hook: impl FnMut(c_int, Passing<'_>) + 'static, body: impl FnOnce() -> T) -> T {
    struct Unhook;
    impl Drop for Unhook {
        fn drop(&mut self) {
            HOOK.set(None);
        }
    }
    HOOK.set(Some(Box::new(hook)));
    let _unhook = Unhook;
    body()
}

/// Makes the call `msgctl(id, command, status)` with `make`.
///
/// # Safety
///
/// As for msgctl(2): `status` points to what the command reads or writes.
pub(crate) unsafe fn through(
    id: c_int,
    command: c_int,
    status: *mut c_void,
    make: impl FnOnce(*mut c_void) -> c_int,
) -> c_int {
    let Some(mut hook) = HOOK.take() else {
        return make(status);
    };
    let mut copy;
    let mut passed = status;
    if command == libc::IPC_SET && !status.is_null() {
        // SAFETY: for this command our caller has promised one `msqid_ds`.
        copy = unsafe { status.cast::<libc::msqid_ds>().read() };
        hook(id, Passing::Set(&mut copy));
        passed = (&raw mut copy).cast();
    }
    let done = make(passed);
    if command == libc::IPC_STAT && done != -1 {
        // SAFETY: the kernel has just written one `msqid_ds` there, for our caller, who waits.
        hook(id, Passing::Read(unsafe { &mut *status.cast() }));
    }
    HOOK.set(Some(hook));
    done
}
