//! What `/proc` tells about a thread: is it asleep in a message call?

use std::fs;
use std::thread::sleep;
use std::time::Duration;

/// The kernel's id of the calling thread, for [`asleep_in_msg_call`].
///
/// The id of a program's first thread is the id of its process.
pub fn this_thread() -> i32 {
    nix::unistd::gettid().as_raw()
}

/// Whether the thread `tid` (of any process) is asleep in `msgsnd` or `msgrcv`.
///
/// Use it with [`until`](crate::until) before doing what is to wake the thread: "it has been
/// started" does not mean that it sleeps already.
///
/// The answer comes from `/proc/TID`: the state must be `S`, and `syscall` must name one of the
/// two calls, or else `wchan` one of the kernel's two functions behind them. The kernel puts a
/// thread on the queue's list of sleepers before its state becomes `S`, so "true" means that a
/// message, a removal or a signal will now wake it.
///
/// # Limits
///
/// Both files are readable for threads of the same user (and for root). For anybody else's thread
/// the answer is weaker: that it is asleep, in some call, and has not moved for 50 ms.
pub fn asleep_in_msg_call(tid: i32) -> bool {
    let about = |file: &str| fs::read_to_string(format!("/proc/{tid}/task/{tid}/{file}"));
    let Ok(stat) = about("stat") else {
        return false; // there is no such thread any more
    };
    if state(&stat) != Some('S') {
        return false;
    }
    if let Ok(syscall) = about("syscall") {
        return is_msg_call(&syscall);
    }
    match about("wchan").as_deref() {
        Ok("do_msgsnd" | "do_msgrcv") => true,
        Ok("0") | Err(_) => still_asleep(|| about("status").ok()),
        Ok(_) => false,
    }
}

/// The third column of `stat`. The second is the program's name in parentheses, and may itself
/// hold blanks and parentheses: what counts is the last one.
fn state(stat: &str) -> Option<char> {
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.trim_start().chars().next()
}

/// `syscall` begins with the number of the call a thread is blocked in; it says `running` when the
/// thread is not.
fn is_msg_call(syscall: &str) -> bool {
    let number = syscall.split_ascii_whitespace().next().and_then(|number| number.parse().ok());
    number.is_some_and(|number: libc::c_long| {
        number == libc::SYS_msgsnd || number == libc::SYS_msgrcv
    })
}

/// Without leave to see the call: asleep in two looks, and not once awake between them.
fn still_asleep(status: impl Fn() -> Option<String>) -> bool {
    let look = || {
        let status = status()?;
        let value = |name: &str| {
            status.lines().find_map(|line| line.strip_prefix(name)).map(|v| v.trim().to_owned())
        };
        let asleep = value("State:")?.starts_with('S');
        asleep
            .then_some((value("voluntary_ctxt_switches:")?, value("nonvoluntary_ctxt_switches:")?))
    };
    let first = look();
    sleep(Duration::from_millis(50));
    first.is_some() && first == look()
}

#[cfg(test)]
mod tests {
    use super::{is_msg_call, state, still_asleep};
    use std::cell::Cell;

    #[test]
    fn state_is_found_after_any_name() {
        assert_eq!(state("71 (server) S 70 71"), Some('S'));
        assert_eq!(state("71 (a) S (b)) R 70 71"), Some('R'));
    }

    #[test]
    fn only_the_two_calls_count() {
        let line = |number| format!("{number} 0x0 0x7ffc 0x100 0x0 0x0 0x0 0x7ffc 0x7f1d\n");
        assert!(is_msg_call(&line(libc::SYS_msgrcv)));
        assert!(is_msg_call(&line(libc::SYS_msgsnd)));
        assert!(!is_msg_call(&line(libc::SYS_read)));
        assert!(!is_msg_call("running\n"));
    }

    #[test]
    fn whoever_woke_between_two_looks_is_not_asleep() {
        let look = |state, switches| {
            Some(format!(
                "Name:\tx\nState:\t{state}\nvoluntary_ctxt_switches:\t{switches}\n\
                 nonvoluntary_ctxt_switches:\t0\n"
            ))
        };
        let switches = Cell::new(0);
        let restless = || {
            switches.set(switches.get() + 1);
            look("S (sleeping)", switches.get())
        };
        assert!(!still_asleep(restless));
        assert!(!still_asleep(|| look("R (running)", 7)));
        assert!(!still_asleep(|| None));
        assert!(still_asleep(|| look("S (sleeping)", 7)));
    }
}
