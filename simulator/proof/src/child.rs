//! What runs in a process of its own: it carries out one call after another.
//!
//! A process and not a thread, because the kernel tells processes apart where it does not tell
//! threads: it notes a sender by the id of the process, and a receiver that slept by that of the
//! thread. Here the two are the same number.

use std::ffi::{c_int, c_uint};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixDatagram;
use std::panic::{AssertUnwindSafe, catch_unwind};

use nix::sys::prctl::{set_dumpable, set_pdeathsig};
use nix::sys::signal::{SaFlags, SigAction, SigHandler, SigSet, Signal, sigaction};
use nix::unistd::{Pid, getpid, getppid};

use crate::calls::Value;
use crate::process::{Reply, Request};
use crate::{crates, credentials, namespace, raw};

/// The signal that interrupts.
pub(crate) const INTERRUPT: Signal = Signal::SIGUSR1;

/// The longest request or reply: a message has up to four characters for each byte.
pub(crate) const LONGEST_LINE: usize = 5 * raw::LONGEST;

/// The life of the process, from its fork to its being killed. `test` is who has forked it.
pub(crate) fn serve(test: Pid, requests: &UnixDatagram, replies: &UnixDatagram, races: bool) -> ! {
    let whole_life = || -> std::io::Result<()> {
        close_all_but(requests.as_raw_fd(), replies.as_raw_fd());
        die_with(test);
        listen_to_the_signal();
        if !races {
            run_in_order();
        }
        let mut line = vec![0; LONGEST_LINE];
        loop {
            let len = requests.recv(&mut line)?;
            let result = carry_out(serde_json::from_slice(&line[..len])?, test);
            let id = getpid().as_raw();
            let result = result.map_err(|errno| errno as i32);
            replies.send(&serde_json::to_vec(&Reply { id, result })?)?;
        }
    };
    // A panic must not reach what was copied of the test along with its stack.
    let _ = catch_unwind(AssertUnwindSafe(whole_life));
    // SAFETY: ends the process, and runs nothing of what was copied on the way.
    unsafe { libc::_exit(1) }
}

fn carry_out(request: Request, test: Pid) -> nix::Result<Value> {
    let changed = match request {
        Request::Call { call, through_crates } => {
            let through_crates = through_crates.then(|| crates::call(&call)).flatten();
            return through_crates.unwrap_or_else(|| raw::call(call));
        }
        Request::Enter { process, thread } => {
            credentials::regain_root();
            namespace::enter(process, thread)
        }
        Request::Become(who) => credentials::assume(&who),
    };
    die_with(test); // a change of credentials forgets that
    changed.map(|()| Value::Nothing)
}

/// A pipe that another test waits to see closed must not stay open here.
fn close_all_but(one: c_int, other: c_int) {
    let (low, high) = (one.min(other) as c_uint, one.max(other) as c_uint);
    for (first, last) in [(3, low - 1), (low + 1, high - 1), (high + 1, c_uint::MAX)] {
        // SAFETY: nothing here uses a descriptor but the two after this. A range that ends before
        // it begins is an error, and a kernel without the call leaves them open, which makes the
        // other test wait for the end of this one.
        let _ = unsafe { libc::syscall(libc::SYS_close_range, first, last, 0 as c_uint) };
    }
}

/// The kernel ends this process with the one that forked it; if that has ended before it was asked
/// to, this does.
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
    SigSet::from(INTERRUPT).thread_unblock().expect("the signal is one");
}

/// Has the kernel run this process in the order of waking, before all ordinary ones of its
/// processor.
///
/// With it, those who are woken together go on in the order in which they were woken, as in the
/// model. Without it, or without the privilege that it takes, they race.
fn run_in_order() {
    let lowest = libc::sched_param { sched_priority: 1 };
    // SAFETY: the kernel reads the structure, which is there.
    unsafe { libc::sched_setscheduler(0, libc::SCHED_FIFO, &raw const lowest) };
}
