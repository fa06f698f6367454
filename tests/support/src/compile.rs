//! C programs, for tests that talk to them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Compiles the C file `source` to `program` and returns that path.
///
/// Warnings are errors. Tests that compile the same program at the same time do not get into each
/// other's way: a complete program takes the place of the one before.
///
/// ```no_run
/// # let target = std::path::Path::new("target/tmp");
/// let server = support::cc("tests/c/server.c", target.join("c-server"));
/// ```
///
/// In an integration test the directory is `env!("CARGO_TARGET_TMPDIR")`.
///
/// # Panics
///
/// When there is no `cc`, or when it objects; then with its words.
#[track_caller]
pub fn cc(source: impl AsRef<Path>, program: impl Into<PathBuf>) -> PathBuf {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    // A panic below does no harm to the next one here.
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    let (source, program) = (source.as_ref(), program.into());
    let unfinished = program.with_extension(std::process::id().to_string());
    let output = Command::new("cc")
        .args(["-O2", "-Wall", "-Wextra", "-Werror", "-o"])
        .args([&unfinished, source])
        .output()
        .unwrap_or_else(|error| {
            panic!("cannot run cc, the C compiler: {error} (is it installed?)")
        });
    assert!(
        output.status.success(),
        "cc cannot compile {}:\n{}",
        source.display(),
        String::from_utf8_lossy(&output.stderr)
    );
    fs::rename(&unfinished, &program)
        .unwrap_or_else(|error| panic!("cannot make {}: {error}", program.display()));
    program
}
