//! What happens between two system calls of the reader's: somebody else acts, or a call fails.
//!
//! A test program that uses this crate calls these functions in place of the C library's. They make
//! the same system calls. Only a thread that is in [`between_calls`] notices anything.

use std::cell::{Cell, RefCell};
use std::ffi::{c_int, c_long, c_void};
use std::rc::Rc;

use nix::errno::Errno;

use crate::passing::through;

/// A call with what it was given: a key or an id, and the flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Call {
    /// msgget(key, flags)
    Get(c_int, c_int),
    /// msgsnd(id, .., size, flags)
    Send(c_int, usize, c_int),
    /// msgrcv(id, .., size, type, flags)
    Receive(c_int, usize, c_long, c_int),
    /// msgctl(id, command, ..)
    Control(c_int, c_int),
}

/// When a hook is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before the call. If the hook returns an errno, the call fails with it and is not made.
    Before(Call),
    /// After the call, with what it returned. An errno takes the place of that.
    After(Call, nix::Result<isize>),
}

type Hook = Box<dyn FnMut(Moment) -> Option<Errno>>;

thread_local! {
    static HOOK: RefCell<Option<Hook>> = const { RefCell::new(None) };
}

/// Runs `body`, and `hook` before and after each call of this thread that [`Call`] lists.
///
/// Calls that the hook itself makes are not hooked.
pub fn between_calls<T>(
    hook: impl FnMut(Moment) -> Option<Errno> + 'static,
    body: impl FnOnce() -> T,
) -> T {
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

/// Runs `body`; the call that `which` finds for the `nth` time (1 is the first) fails with `errno`.
///
/// `None` if there was no such call: then nothing has been tested.
pub fn failing<T>(
    which: impl Fn(Call) -> bool + 'static,
    nth: usize,
    errno: Errno,
    body: impl FnOnce() -> T,
) -> Option<T> {
    let count = Rc::new(Cell::new(0));
    let counted = Rc::clone(&count);
    let hook = move |moment| match moment {
        Moment::Before(call) if which(call) => {
            counted.set(counted.get() + 1);
            (counted.get() == nth).then_some(errno)
        }
        _ => None,
    };
    let returned = between_calls(hook, body);
    (count.get() >= nth).then_some(returned)
}

/// Runs `body`; when an `msgget` has just failed with `errno`, for the first time, `act` does
/// something with its key.
pub fn meanwhile<T>(
    errno: Errno,
    act: impl FnOnce(c_int) + 'static,
    body: impl FnOnce() -> T,
) -> T {
    let mut act = Some(act);
    let hook = move |moment| {
        if let Moment::After(Call::Get(key, _), Err(failed)) = moment {
            if failed == errno {
                // Only the first time.
                act.take().into_iter().for_each(|act| act(key));
            }
        }
        None
    };
    between_calls(hook, body)
}

/// Asks the hook, which is away meanwhile, so that what it does itself is not hooked.
fn ask(moment: Moment) -> Option<Errno> {
    let mut hook = HOOK.take()?;
    let answer = hook(moment);
    HOOK.set(Some(hook));
    answer
}

/// The call, with the hook before and after it; -1 and an errno as C has it.
fn hooked(call: Call, make: impl FnOnce() -> c_long) -> isize {
    let result = match ask(Moment::Before(call)) {
        Some(errno) => Err(errno),
        None => Errno::result(make()).map(|returned| returned as isize),
    };
    let result = match ask(Moment::After(call, result)) {
        Some(errno) => Err(errno),
        None => result,
    };
    result.unwrap_or_else(|errno| {
        errno.set();
        -1
    })
}

#[unsafe(no_mangle)]
extern "C" fn msgget(key: c_int, flags: c_int) -> c_int {
    let get = |flags: c_int| {
        // SAFETY: the call takes two numbers. It touches no memory of ours.
        unsafe { libc::syscall(libc::SYS_msgget, key, flags) }
    };
    let make = || {
        // To ask for IPC_PRIVATE would make one.
        let is_new = key == libc::IPC_PRIVATE
            || flags & libc::IPC_CREAT != 0 && Errno::result(get(0)) == Err(Errno::ENOENT);
        let id = get(flags);
        if id >= 0 && is_new {
            // Whatever key a wrong solution takes: the test that called it removes the queue.
            support::watch(id as c_int);
        }
        id
    };
    hooked(Call::Get(key, flags), make) as c_int
}

/// # Safety
///
/// As for msgsnd(2): `message` points to a `long` and `size` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn msgsnd(id: c_int, message: *const c_void, size: usize, flags: c_int) -> c_int {
    let make = || {
        // SAFETY: what the call demands of the pointer, our caller has promised.
        unsafe { libc::syscall(libc::SYS_msgsnd, id, message, size, flags) }
    };
    hooked(Call::Send(id, size, flags), make) as c_int
}

/// # Safety
///
/// As for msgrcv(2): `message` points to room for a `long` and `size` bytes.
#[unsafe(no_mangle)]
unsafe extern "C" fn msgrcv(
    id: c_int,
    message: *mut c_void,
    size: usize,
    wanted: c_long,
    flags: c_int,
) -> isize {
    let make = || {
        // SAFETY: what the call demands of the pointer, our caller has promised.
        unsafe { libc::syscall(libc::SYS_msgrcv, id, message, size, wanted, flags) }
    };
    hooked(Call::Receive(id, size, wanted, flags), make)
}

/// # Safety
///
/// As for msgctl(2): `status` points to what the command reads or writes.
#[unsafe(no_mangle)]
unsafe extern "C" fn msgctl(id: c_int, command: c_int, status: *mut c_void) -> c_int {
    // Where a long has 32 bits, the kernel has an older structure too, and this asks for today's.
    const TODAYS: c_int = if size_of::<c_long>() == 4 { 0x100 } else { 0 };
    let make = |status: *mut c_void| {
        // SAFETY: what the call demands of the pointer, our caller has promised.
        unsafe { libc::syscall(libc::SYS_msgctl, id, command | TODAYS, status) }
    };
    let call = Call::Control(id, command);
    // SAFETY: our caller has promised what this demands.
    unsafe { through(id, command, status, |status| hooked(call, || make(status)) as c_int) }
}
