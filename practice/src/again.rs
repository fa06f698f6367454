//! A test's program once more, as a process of its own: for code that is about whole processes.

use std::env;
use std::fs;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::thread;

use nix::sys::signal::{SigSet, Signal};
use support::{Running, until};

use crate::worker::is_sleeping;

const ROLE: &str = "PRACTICE_ROLE";

/// Signals that a program gets for many reasons, and that do nothing if it has no handler.
pub const HARMLESS: [Signal; 3] = [Signal::SIGWINCH, Signal::SIGURG, Signal::SIGCHLD];

fn sent_signals() -> SigSet {
    let stop = [Signal::SIGINT, Signal::SIGTERM];
    stop.into_iter().chain(HARMLESS).collect()
}

/// Starts the test that calls this once more, in another process. There [`role`] gives `role`.
///
/// # Panics
///
/// When it cannot be started.
#[track_caller]
pub fn start_again(role: &str) -> Running {
    let this_program = env::current_exe().expect("a program knows where it is");
    let thread = thread::current();
    let test = thread.name().expect("libtest names a test's thread");
    let mut command = Command::new(this_program);
    command.args([test, "--exact", "--nocapture"]).env(ROLE, role);
    // libtest's own thread would otherwise be the first to get a signal, and it has not read the
    // exercise. And a signal that does nothing is thrown away unless that thread blocks it.
    // SAFETY: between fork and exec one system call is made, with a value that has been made
    // before.
    unsafe {
        let signals = sent_signals();
        command.pre_exec(move || signals.thread_block().map_err(io::Error::from));
    }
    Running::start(command)
}

/// What [`start_again`] was given, if this is the other process. SIGINT, SIGTERM and [`HARMLESS`]
/// then mean for this thread what they mean for any program that was started.
///
/// # Panics
///
/// When signals cannot be unblocked.
pub fn role() -> Option<String> {
    let role = env::var(ROLE).ok()?;
    let unblocked = sent_signals().thread_unblock();
    unblocked.expect("signals can be unblocked");
    Some(role)
}

/// Whether a thread of the program is asleep in `msgsnd` or `msgrcv`.
pub fn program_is_waiting(program: &Running) -> bool {
    threads(program).any(support::asleep_in_msg_call)
}

/// Whether a thread of the program is asleep for a while, of its own accord.
pub fn program_is_sleeping(program: &Running) -> bool {
    threads(program).any(is_sleeping)
}

/// Waits until `condition` holds, or until nothing changes any more: the program has ended, or each
/// of its threads is asleep in a call that somebody else has to end. Whether it holds.
///
/// # Panics
///
/// When the test's time is up.
#[track_caller]
pub fn until_at_rest(what: &str, program: &Running, mut condition: impl FnMut() -> bool) -> bool {
    let mut before = None;
    until(what, || {
        let now = rest(program);
        let at_rest = now.is_some() && now == before;
        before = now;
        condition() || at_rest || program.has_exited()
    });
    condition()
}

/// How often each thread has been awake, if all of them are asleep and not for a while.
fn rest(program: &Running) -> Option<Vec<String>> {
    let awake = |thread: i32| {
        let status = fs::read_to_string(format!("/proc/{thread}/task/{thread}/status")).ok()?;
        let asleep = status.lines().any(|line| line.starts_with("State:\tS"));
        let switches = status.lines().filter(|line| line.contains("ctxt_switches:"));
        (asleep && !is_sleeping(thread)).then(|| switches.collect())
    };
    threads(program).map(awake).collect()
}

/// Whether a signal has been sent to the program and is still waiting for somebody to take it.
pub fn is_pending(program: &Running, signal: Signal) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap_or_default();
    let set = status.lines().find_map(|line| line.strip_prefix("ShdPnd:"));
    let set = set.and_then(|set| u64::from_str_radix(set.trim(), 16).ok());
    set.is_some_and(|set| set & (1 << (signal as i32 - 1)) != 0)
}

fn threads(program: &Running) -> impl Iterator<Item = i32> {
    let folder = fs::read_dir(format!("/proc/{}/task", program.id()));
    let entries = folder.into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}
