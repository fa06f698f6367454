//! Words to the person who runs the tests.

use std::io::Write;

/// Writes to stderr past libtest's capture, which hides what a passing test says, and loses what a
/// process says that aborts.
pub(crate) fn tell(text: &str) {
    // Nobody is left to tell when stderr is closed.
    let _ = writeln!(std::io::stderr(), "support: {text}");
}
