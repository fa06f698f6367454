//! How a test comes to be alone: three ways, the best one that is permitted.

use crate::namespace::{Namespace, become_root_of_user_namespace};
use crate::output::has;
use crate::tell::tell;
use std::process::{Command, Output, Stdio};
use std::sync::{Once, OnceLock};

/// Set in the second run of a test, inside a user namespace.
const INSIDE: &str = "SUPPORT_INSIDE";

/// What [`isolate`] came to.
pub(crate) enum Isolation {
    /// This thread is in an IPC namespace of its own, until the value is dropped.
    Namespace(Namespace),
    /// The test has been run elsewhere, in a process that was in one.
    RanElsewhere(Output),
    /// There is none to be had.
    KeysOnly,
}

/// Isolates `test` in the best way there is, or begins with the one that `SUPPORT_ISOLATION` names.
pub(crate) fn isolate(test: &str) -> Isolation {
    if std::env::var_os(INSIDE).is_some() {
        return Isolation::Namespace(Namespace::enter().expect("root here may make namespaces"));
    }
    match std::env::var("SUPPORT_ISOLATION").ok().as_deref() {
        None => best(test),
        Some("namespace") => Namespace::enter().map(Isolation::Namespace).unwrap_or_else(|errno| {
            panic!("SUPPORT_ISOLATION=namespace, but unshare(CLONE_NEWIPC) says: {errno}")
        }),
        Some("user") => elsewhere_or_keys(test),
        Some("keys") => Isolation::KeysOnly,
        Some(other) => {
            panic!("SUPPORT_ISOLATION={other}: it can be `namespace`, `user` or `keys`")
        }
    }
}

fn best(test: &str) -> Isolation {
    if let Ok(namespace) = Namespace::enter() {
        return Isolation::Namespace(namespace);
    }
    // A process with a single thread can move as a whole.
    if user_namespaces_are_allowed() && become_root_of_user_namespace().is_ok() {
        if let Ok(namespace) = Namespace::enter() {
            return Isolation::Namespace(namespace);
        }
    }
    elsewhere_or_keys(test)
}

fn elsewhere_or_keys(test: &str) -> Isolation {
    match run_elsewhere(test) {
        Ok(output) => Isolation::RanElsewhere(output),
        Err(reason) => {
            tell_once(reason);
            Isolation::KeysOnly
        }
    }
}

fn tell_once(reason: &str) {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tell(&format!(
            "no IPC namespace for each test ({reason}): tests share the machine's queues, each \
             with keys of its own, and those that cannot are skipped"
        ));
    });
}

/// Runs this one test again, as the root of a user namespace, where it may have an IPC namespace.
///
/// A process with threads cannot enter a user namespace, and a test program always has threads: it
/// takes another process. Fails with the reason.
fn run_elsewhere(test: &str) -> Result<Output, &'static str> {
    if !user_namespaces_are_allowed() {
        return Err("`unshare --user --map-root-user --ipc` is not permitted");
    }
    let this_program = std::env::current_exe().expect("a test program knows where it is");
    let output = in_user_namespace()
        .arg(this_program)
        .args([test, "--exact", "--include-ignored", "--nocapture"])
        .env(INSIDE, "1")
        .output()
        .expect("unshare could be started a moment ago");
    // libtest is content when nothing has that name, as with examples in the documentation.
    if output.status.success() && !has(&output.stdout, b" 1 passed;") {
        return Err("the test does not go by the name of its thread, and cannot be run again");
    }
    Ok(output)
}

fn user_namespaces_are_allowed() -> bool {
    static ALLOWED: OnceLock<bool> = OnceLock::new();
    *ALLOWED.get_or_init(|| {
        let tried = in_user_namespace().arg("true").stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    })
}

fn in_user_namespace() -> Command {
    let mut unshare = Command::new("unshare");
    unshare.args(["--user", "--map-root-user", "--ipc"]).stdin(Stdio::null());
    unshare
}
