//! Why strangers get no mutex: what one can do who writes into its memory. (As the GNU C library
//! for x86-64 lays it out; musl has a list too.)

use crate::{again, finished, is_inside};

/// The C library keeps a list of the robust mutexes that a thread has. The links are in the
/// mutexes, so in shared memory, and unlocking follows them.
#[test]
fn pthread_mutex_lets_whoever_can_write_to_it_write_anywhere_in_our_memory() {
    use std::cell::UnsafeCell;
    use std::process::exit;
    use std::ptr;

    if !is_inside() {
        let test = "mutex::pthread_mutex_lets_whoever_can_write_to_it_write_anywhere_in_our_memory";
        support::alone(|_| {
            finished(again(test)).code(42);
        });
        return;
    }
    /// Numbers that nobody shares.
    static mut OURS: [usize; 4] = [0; 4];
    let ours = (&raw mut OURS).cast::<usize>();
    let mutex: UnsafeCell<libc::pthread_mutex_t> = UnsafeCell::new(robust());
    // SAFETY: it is initialised.
    assert_eq!(unsafe { libc::pthread_mutex_lock(mutex.get()) }, 0);
    // What the other process does to the memory that it shares with us: two words, "the mutex
    // before this one" and "the one after", which lie 24 bytes in.
    let (what, place) = (ours as usize + 16, ours as usize + 8);
    let links = mutex.get().cast::<[usize; 5]>();
    // SAFETY: a mutex has 40 bytes here, and this thread alone uses it.
    let links = unsafe { &mut *links };
    (links[3], links[4]) = (what, place);
    // SAFETY: this thread has locked it. What it does to `OURS` is what is to be seen.
    unsafe { libc::pthread_mutex_unlock(mutex.get()) };
    // SAFETY: nobody else is about.
    let changed = unsafe { ptr::read_volatile(ours) };
    exit(if changed == what { 42 } else { 1 });
}

fn robust() -> libc::pthread_mutex_t {
    let mut attributes = std::mem::MaybeUninit::uninit();
    let mut mutex = std::mem::MaybeUninit::uninit();
    // SAFETY: it writes the structure at the pointer, where there is room for one.
    assert_eq!(unsafe { libc::pthread_mutexattr_init(attributes.as_mut_ptr()) }, 0);
    let robust = libc::PTHREAD_MUTEX_ROBUST;
    // SAFETY: the attributes have been initialised.
    let set = unsafe { libc::pthread_mutexattr_setrobust(attributes.as_mut_ptr(), robust) };
    assert_eq!(set, 0);
    // SAFETY: there is room for a mutex, and the attributes have been initialised.
    let made = unsafe { libc::pthread_mutex_init(mutex.as_mut_ptr(), attributes.as_ptr()) };
    assert_eq!(made, 0);
    // SAFETY: the call has initialised it. It has not been used, so it may be moved.
    unsafe { mutex.assume_init() }
}
