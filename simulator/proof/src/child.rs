//! What runs in a process of its own: it carries out one call after another.
//!
//! A process and not a thread, because the kernel tells processes apart where it does not tell threads:
//! it notes a sender by the id of the process, and a receiver that slept by that of the thread. Here
//! the two are the same number.

use std::ffi::{c_int, c_uint};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use nix::sys::prctl::{set_dumpable, set_pdeathsig};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use nix::unistd::{Pid, getppid};

use crate::desk::{Desk, Reply, Request};
use crate::{crates, credentials, namespace, raw};

/// The signal that interrupts.
pub(crate) const INTERRUPT: Signal = Signal::SIGUSR1;

/// The life of the process, from its fork to its being killed. `test` is who has forked it.
pub(crate) fn serve(test: Pid, desk: &Desk, ends: &AtomicU64, races: bool) -> ! {
    let whole_life = || {
        close_what_the_test_has_open();
        die_with(test);
        listen_to_the_signal();
        let in_order = !races && run_in_order();
        desk.in_order.store(u32::from(in_order), Ordering::Relaxed);
        for turn in 1.. {
            sleep_while(&desk.turn, turn - 1);
            // SAFETY: it is this process's turn, so the test has written a request and leaves the cell
            // alone.
            let request = unsafe { *desk.request.get() };
            // SAFETY: as above: it has been written.
            let request = unsafe { request.assume_init() };
            let answer = carry_out(request, desk, test);
            // SAFETY: as above, until `done` says otherwise.
            unsafe { (*desk.reply.get()).write(answer) };
            desk.place
                .store(ends.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
            desk.done.store(turn, Ordering::Release);
        }
    };
    // A panic must not reach what was copied of the test along with its stack.
    let _ = catch_unwind(AssertUnwindSafe(whole_life));
    // SAFETY: ends the process, and runs nothing of what was copied on the way.
    unsafe { libc::_exit(1) }
}

fn carry_out(request: Request, desk: &Desk, test: Pid) -> Reply {
    let buffer = desk.buffer.get();
    let through_crates = desk.through_crates.load(Ordering::Relaxed) != 0;
    if through_crates {
        // SAFETY: it is this process's turn: nobody else touches the buffer.
        if let Some(answer) = unsafe { crates::call(request, buffer) } {
            return answer;
        }
    }
    match request {
        Request::Enter { process, thread } => {
            credentials::regain_root();
            let entered = namespace::enter(process, thread);
            die_with(test); // a change of credentials forgets that
            entered.map(|()| 0).into()
        }
        Request::Become(who) => {
            let became = credentials::assume(&who);
            die_with(test);
            became.map(|()| 0).into()
        }
        // SAFETY: as above.
        call => unsafe { raw::call(call, buffer) },
    }
}

/// Sleeps until the word is not `value`.
fn sleep_while(word: &AtomicU32, value: u32) {
    while word.load(Ordering::Acquire) == value {
        let for_ever = ptr::null::<libc::timespec>();
        // SAFETY: the kernel reads the word, which is there, and returns at once if it is not `value`.
        // There is no time to read. A signal or any other return is looked at by the loop.
        let _ = unsafe { libc::syscall(libc::SYS_futex, word, libc::FUTEX_WAIT, value, for_ever) };
    }
}

/// Wakes the process that sleeps on the word.
pub(crate) fn wake(word: &AtomicU32) {
    // SAFETY: the kernel uses the address as a name, and there is a word.
    let _ = unsafe { libc::syscall(libc::SYS_futex, word, libc::FUTEX_WAKE, 1) };
}

/// A pipe that another test waits to see closed must not stay open here.
fn close_what_the_test_has_open() {
    let (first, last, flags): (c_uint, c_uint, c_uint) = (3, c_uint::MAX, 0);
    // SAFETY: nothing here uses a descriptor that it was not given after this. A kernel without the call leaves
    // them open, which makes the other test wait for the end of this one.
    let _ = unsafe { libc::syscall(libc::SYS_close_range, first, last, flags) };
}

/// The kernel ends this process with the one that forked it; if that has ended before it was asked to, this does.
fn die_with(test: Pid) {
    let _ = set_pdeathsig(Signal::SIGKILL);
    if getppid() != test {
        // SAFETY: ends the process, and runs nothing of what was copied on the way.
        unsafe { libc::_exit(1) }
    }
    // Otherwise a process that has changed its credentials may not be looked at by its own parent.
    let _ = set_dumpable(true);
}

fn listen_to_the_signal() {
    extern "C" fn nothing(_: c_int) {}
    let handler = SigHandler::Handler(nothing);
    let action = SigAction::new(handler, SaFlags::SA_RESTART, SigSet::empty());
    // SAFETY: the handler does nothing, so it can run anywhere, and this process is all ours.
    unsafe { sigaction(INTERRUPT, &action) }.expect("the signal can be handled");
    SigSet::from(INTERRUPT)
        .thread_unblock()
        .expect("the signal is one");
}

/// Has the kernel run this process in the order of waking, before all ordinary ones of its processor.
///
/// With it, those who are woken together go on in the order in which they were woken, as in the model.
/// Without it they race. Takes a privilege: says whether it was granted.
fn run_in_order() -> bool {
    let lowest = libc::sched_param { sched_priority: 1 };
    // SAFETY: the kernel reads the structure, which is there.
    unsafe { libc::sched_setscheduler(0, libc::SCHED_FIFO, &raw const lowest) == 0 }
}
