//! How a test comes to be alone: three ways, the best one that is permitted.

use crate::watchdog::shout;
use nix::sched::{CloneFlags, setns, unshare};
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::process::{Command, Output, Stdio};
use std::sync::{Once, OnceLock};

/// Set in the second run of a test, inside a user namespace.
const INSIDE: &str = "SUPPORT_INSIDE";
const THIS_THREAD: &str = "/proc/thread-self/ns/ipc";

/// What [`isolate`] came to.
pub(crate) enum Isolation {
    /// This thread is in an IPC namespace of its own, until the value is dropped.
    Namespace(Namespace),
    /// The test has been run elsewhere, in a process that was in one.
    RanElsewhere(Output),
    /// There is none to be had.
    KeysOnly,
}

/// Which IPC namespace the calling thread is in: the inode number behind `/proc`'s link.
pub(crate) fn current_namespace() -> u64 {
    let file = fs::metadata(THIS_THREAD);
    file.unwrap_or_else(|error| panic!("{THIS_THREAD}: {error} (is /proc mounted?)"))
        .ino()
}

/// Isolates `test` in the best way there is, or in the one that `SUPPORT_ISOLATION` demands.
pub(crate) fn isolate(test: &str) -> Isolation {
    if std::env::var_os(INSIDE).is_some() {
        return Isolation::Namespace(Namespace::enter().expect("root here may make namespaces"));
    }
    let demanded = std::env::var("SUPPORT_ISOLATION").ok();
    match demanded.as_deref() {
        Some("namespace") => Namespace::enter()
            .map(Isolation::Namespace)
            .unwrap_or_else(|errno| {
                panic!("SUPPORT_ISOLATION=namespace, but unshare(CLONE_NEWIPC) says: {errno}")
            }),
        Some("user") => run_elsewhere(test).unwrap_or_else(|| {
            panic!("SUPPORT_ISOLATION=user, but `unshare --user --map-root-user --ipc` failed")
        }),
        Some("keys") => Isolation::KeysOnly,
        Some(other) => {
            panic!("SUPPORT_ISOLATION={other}: it can be `namespace`, `user` or `keys`")
        }
        None => match Namespace::enter() {
            Ok(namespace) => Isolation::Namespace(namespace),
            Err(_) => run_elsewhere(test).unwrap_or_else(|| {
                keys_only_notice();
                Isolation::KeysOnly
            }),
        },
    }
}

fn keys_only_notice() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        shout(
            "no IPC namespaces here (they need root, or user namespaces): tests share the \
             machine's queues, each with keys of its own; some are skipped",
        );
    });
}

// ANCHOR: namespace
/// An IPC namespace that the calling thread has entered. Threads and programs that it starts from
/// now on begin in it, too; when the last of them has gone, the kernel discards the namespace with
/// everything in it.
pub(crate) struct Namespace {
    before: File,
}

impl Namespace {
    fn enter() -> nix::Result<Namespace> {
        let before = File::open(THIS_THREAD).map_err(|error| {
            nix::errno::Errno::from_raw(error.raw_os_error().unwrap_or(libc::EIO))
        })?;
        unshare(CloneFlags::CLONE_NEWIPC)?;
        Ok(Namespace { before })
    }
}

impl Drop for Namespace {
    /// Goes back: the thread may run another test, or be in the middle of an outer room.
    fn drop(&mut self) {
        if let Err(errno) = setns(&self.before, CloneFlags::CLONE_NEWIPC) {
            shout(&format!(
                "cannot return to the IPC namespace of before: {errno}"
            ));
        }
    }
}
// ANCHOR_END: namespace

/// Runs this one test again, as the root of a user namespace, where it may have an IPC namespace.
///
/// A process with threads cannot make itself such a namespace, and a test program always has
/// threads: a second process has to. `None` where user namespaces are not allowed.
fn run_elsewhere(test: &str) -> Option<Isolation> {
    static ALLOWED: OnceLock<bool> = OnceLock::new();
    let allowed = *ALLOWED.get_or_init(|| {
        let tried = in_user_namespace()
            .arg("true")
            .stderr(Stdio::null())
            .status();
        tried.is_ok_and(|status| status.success())
    });
    if !allowed {
        return None;
    }
    let this_program = std::env::current_exe().expect("a test program knows where it is");
    let output = in_user_namespace()
        .arg(this_program)
        .args([test, "--exact", "--include-ignored", "--nocapture"])
        .env(INSIDE, "1")
        .output()
        .expect("unshare could be started a moment ago");
    // A program that does not know the test (an example in the documentation, say) runs none.
    let ran_nothing = output.status.success() && !has(&output.stdout, b" 1 passed");
    (!ran_nothing).then_some(Isolation::RanElsewhere(output))
}

fn in_user_namespace() -> Command {
    let mut unshare = Command::new("unshare");
    unshare
        .args(["--user", "--map-root-user", "--ipc"])
        .stdin(Stdio::null());
    unshare
}

fn has(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}
