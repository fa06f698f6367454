//! Whoever starts the tests, a program in them can be interrupted.

use std::process::Command;

use nix::sys::signal::Signal;
use support::Running;

/// Run by the test below, in a process that ignores SIGINT.
#[test]
fn probe_that_interrupts() {
    support::alone(|_| {
        let mut sleep = Command::new("sleep");
        sleep.arg("60");
        let sleep = Running::start(sleep);
        sleep.signal(Signal::SIGINT);
        sleep.finish().killed_by(Signal::SIGINT);
    });
}

#[test]
fn program_can_be_interrupted_even_if_the_tests_cannot() {
    support::alone(|_| {
        let mut shell = Command::new("sh");
        let this = std::env::current_exe().expect("this program has a path");
        shell.args(["-c", "trap '' INT QUIT; exec \"$0\" \"$@\""]);
        shell.arg(this);
        shell.args(["--exact", "interrupt::probe_that_interrupts"]);
        Running::start(shell).finish().success();
    });
}
