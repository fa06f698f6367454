//! A ring in shared memory: what it promises, and what becomes of it when somebody dies.

#![cfg(target_os = "linux")]

mod dialogue;
mod ending;
mod forked;
mod hostile;
mod killed;
mod memory;
mod model;
#[cfg(all(target_env = "gnu", target_arch = "x86_64"))]
mod mutex;
mod numbers;
mod ring;
mod sealed;
mod semaphores;
mod serving;
mod stopped;
mod strangers;

use std::env;
use std::fs;
use std::process::{self, Command};
use std::sync::atomic::{AtomicU32, Ordering};

use assert_cmd::cargo::cargo_bin;
use ch16_shared_memory::{Ring, Shape, unlink};
use support::{Finished, Running};

/// A name that nobody else has; removed when the test ends.
struct Name(String);

impl Name {
    fn new() -> Name {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Name(format!("/ch16-test-{}-{count}", process::id()))
    }

    fn ring(&self, slots: u32, longest: u32) -> Ring {
        let shape = Shape::new(slots, longest).expect("it is a shape");
        Ring::create_new(&self.0, shape).expect("the name is new")
    }

    /// Whether something has it.
    fn is_in_use(&self) -> bool {
        fs::exists(format!("/dev/shm{}", self.0)).expect("it can be looked for")
    }
}

impl Drop for Name {
    fn drop(&mut self) {
        // Many tests leave that to somebody else.
        let _ = unlink(&self.0);
    }
}

/// `ch16` with these arguments, not started yet.
fn ch16(args: &[&str]) -> Command {
    let mut command = Command::new(cargo_bin!("ch16"));
    command.args(args).env("LC_ALL", "C.UTF-8");
    command
}

/// What became of it.
fn finished(command: Command) -> Finished {
    Running::start(command).finish()
}

/// What keeps the part of a test that ends its process from running elsewhere.
const INSIDE: &str = "CH16_INSIDE";

/// The test with this name once more, in a process of its own.
fn again(test: &str) -> Command {
    let mut command = Command::new(env::current_exe().expect("a test knows where it is"));
    command.args([test, "--exact", "--nocapture"]).env(INSIDE, "1");
    // AddressSanitizer would report a SIGBUS, and these are on purpose.
    command.env("ASAN_OPTIONS", "detect_leaks=0:handle_sigbus=0");
    command
}

fn is_inside() -> bool {
    env::var_os(INSIDE).is_some()
}

/// Whether the first thread of this process sleeps beside a futex.
fn sleeps(pid: i32) -> bool {
    let about = |file| fs::read_to_string(format!("/proc/{pid}/{file}")).unwrap_or_default();
    let asleep = about("stat").rsplit_once(") ").is_some_and(|(_, state)| state.starts_with('S'));
    asleep && about("syscall").starts_with(&format!("{} ", libc::SYS_futex))
}
