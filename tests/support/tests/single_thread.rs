//! A program with a single thread, as the examples of the documentation and `cargo xtask` are:
//! where an ordinary user runs it, it moves into a user namespace as a whole, and no second one is
//! started.

use std::process::Command;
use support::{Running, as_user, copy_for_others};

const PROBE: &str = "SINGLE_THREAD_PROBE";
const NOBODY: u32 = 65534;

fn main() {
    if std::env::var_os(PROBE).is_some() {
        return support::alone(|room| println!("namespace: {}", room.is_namespace()));
    }
    let mut unshare = Command::new("unshare");
    unshare.args(["--user", "--map-root-user", "--ipc", "true"]);
    if !unshare.output().is_ok_and(|output| output.status.success()) {
        return eprintln!("skipped: user namespaces are not allowed here");
    }
    let this_program = std::env::current_exe().expect("a test program knows where it is");
    let (_directory, copy) = copy_for_others(this_program);
    let mut command = Command::new(copy);
    if as_user(NOBODY, command.env(PROBE, "1")) {
        let finished = Running::start(command).finish();
        finished.success().stdout_is("namespace: true\n");
    }
}
