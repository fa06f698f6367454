//! Ctrl-C means the same in every test.

use std::sync::Once;

use nix::sys::signal::{SigHandler, Signal, signal};

/// Gives the signals that end a program their usual meaning back in this process, and so in the
/// programs that it starts from now on.
///
/// A shell that runs the tests in the background makes them ignore SIGINT and SIGQUIT, `nohup`
/// SIGHUP, and every program started by a test would inherit that: it could not be interrupted any
/// more.
pub(crate) fn restore() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        for interrupt in [Signal::SIGINT, Signal::SIGQUIT, Signal::SIGHUP, Signal::SIGTERM] {
            // SAFETY: no handler of ours is installed or replaced: the default action runs no code
            // of this process.
            let _before = unsafe { signal(interrupt, SigHandler::SigDfl) }
                .expect("these signals have a default action");
        }
    });
}
