//! Probes: tests that other tests run again, in another process and as somebody else, and whose
//! words they look at.

use crate::raw;
use std::process::Command;
use support::{Finished, Running};

pub(crate) const NOBODY: u32 = 65534;

/// Uses a room like any test, and prints what kind of room it was given.
#[test]
fn probe() {
    support::alone(|room| {
        let id = raw::create(room.key()).expect("the key is unused");
        assert_eq!(room.queues().len(), 1, "no stranger's queue is in sight");
        room.remove(id);
        let map = std::fs::read_to_string("/proc/self/uid_map").expect("/proc is mounted");
        let everybody = map.split_whitespace().eq(["0", "0", "4294967295"]);
        println!("namespace: {}, user namespace: {}", room.is_namespace(), !everybody);
        assert!(std::env::var_os("PROBE_FAILS").is_none(), "asked to fail");
    });
}

#[test]
fn probe_for_namespaces() {
    support::in_namespace(|room| {
        room.set_limit("msgmax", 77);
        assert_eq!(room.limit("msgmax"), 77);
        println!("the limit is lowered");
    });
}

/// The test runs on a thread that is not named after it.
#[test]
fn probe_on_a_strange_thread() {
    let strange = std::thread::Builder::new().name("strange".to_owned());
    let body = || support::alone(|room| println!("namespace: {}", room.is_namespace()));
    let thread = strange.spawn(body).expect("a thread can be started");
    assert!(thread.join().is_ok(), "the probe failed");
}

#[test]
fn probe_for_programs() {
    let program = std::env::var("PROBE_PROGRAM").unwrap_or("sh".to_owned());
    println!("installed: {}", support::installed(&program).is_some());
}

/// `program` is this very test program, or a copy of it.
pub(crate) fn run(program: &str, test: &str) -> Command {
    let mut command = Command::new(program);
    command.args([test, "--exact", "--nocapture"]);
    alone_as_usual(&mut command);
    command
}

pub(crate) fn alone_as_usual(command: &mut Command) {
    for variable in ["INSIDE", "ISOLATION", "REQUIRE_NAMESPACE", "REQUIRE_ROOT", "REQUIRE_PROGRAMS"]
    {
        command.env_remove(format!("SUPPORT_{variable}"));
    }
}

pub(crate) fn this_program() -> String {
    let path = std::env::current_exe().expect("a test program knows where it is");
    path.into_os_string().into_string().expect("a path in UTF-8")
}

pub(crate) fn finish(command: Command) -> Finished {
    Running::start(command).finish()
}

pub(crate) fn forced(way: &str, test: &str) -> Command {
    let mut command = run(&this_program(), test);
    command.env("SUPPORT_ISOLATION", way);
    command
}

/// Leaves a queue without a key behind, made by another thread; only when it is asked to, for that
/// is a failure.
#[test]
fn private_queue_probe() {
    if std::env::var_os("PROBE_LEAVES_A_QUEUE").is_none() {
        return;
    }
    support::alone(|_| {
        let thread = support::spawn(|| {
            let id = raw::create(libc::IPC_PRIVATE).expect("a private queue can always be made");
            support::watch(id);
        });
        thread.join().expect("it does not panic");
    });
}
