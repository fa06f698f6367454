//! A call that sleeps, and what is done to it meanwhile.

use crate::proc::{asleep_in_msg_call, this_thread};
use crate::waiting::until;
use crate::watch::Watch;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicI32, Ordering};
use std::thread::{self, JoinHandle};

/// Makes `call` on a thread of its own, waits until that thread is asleep in `msgsnd` or `msgrcv`,
/// and does `then`, which gets the thread's id. Returns what the call came to.
///
/// It is `then` that wakes the thread, or what it starts. To put several to sleep, nest it.
///
/// # Panics
///
/// When one of the two does, or when the call never goes to sleep.
#[track_caller]
pub fn while_asleep<T: Send>(call: impl FnOnce() -> T + Send, then: impl FnOnce(i32)) -> T {
    let sleeper = AtomicI32::new(0);
    let watch = Watch::current();
    thread::scope(|scope| {
        let thread = scope.spawn(|| {
            Watch::set_current(watch);
            sleeper.store(this_thread(), Ordering::SeqCst);
            call()
        });
        until("a thread to sleep in msgsnd or msgrcv", || {
            assert!(!thread.is_finished(), "the call that should sleep has returned");
            let sleeper = sleeper.load(Ordering::SeqCst);
            sleeper != 0 && asleep_in_msg_call(sleeper)
        });
        then(sleeper.load(Ordering::SeqCst));
        thread.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Starts a thread that is counted to the calling thread's room, also where rooms are no
/// namespaces.
pub fn spawn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    let watch = Watch::current();
    thread::spawn(|| {
        Watch::set_current(watch);
        work()
    })
}
