//! The exercises, as a page runs them: `cargo test -q --bin NAME` in `practice/`.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::book;

/// The exercise that `cargo` with these arguments tests.
///
/// # Errors
///
/// Says what a page should write instead.
pub fn of_cargo_test(arguments: &[String]) -> Result<&str, String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["test", "-q", "--bin", name] => Ok(name),
        _ => Err(format!(
            "`cargo {}` is not run here: an exercise is tested with `cargo test -q --bin NAME`",
            words.join(" ")
        )),
    }
}

/// `cargo` in `practice/`, with compiled files below `target`, apart from the reader's own.
pub fn cargo(target: &Path, subcommand: &str) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = Command::new(cargo);
    cargo
        .args([subcommand, "-q", "--target-dir"])
        .arg(target)
        .current_dir(book::root().join("practice"));
    cargo
}

/// Where the exercises are compiled, seen from a program of this package.
///
/// # Panics
///
/// When `program` is not in a target folder.
pub fn target_of(program: &Path) -> PathBuf {
    // .../target/debug/session
    let target = program.parent().and_then(Path::parent);
    target.expect("a target folder").join("practice")
}

/// Compiles the tests of these exercises, so that a session does not wait for the compiler.
///
/// # Panics
///
/// When they do not compile.
pub fn build(names: &[String], beside: &Path) {
    if names.is_empty() {
        return;
    }
    let mut cargo = cargo(&target_of(beside), "test");
    cargo.arg("--no-run");
    for name in names {
        cargo.args(["--bin", name]);
    }
    let status = cargo.status().expect("cargo started these tests");
    assert!(status.success(), "an exercise does not compile: see above");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(typed: &str) -> Result<String, String> {
        let arguments: Vec<String> = typed.split(' ').map(str::to_owned).collect();
        of_cargo_test(&arguments).map(str::to_owned)
    }

    #[test]
    fn exercise_is_found_in_the_command_of_a_page() {
        assert_eq!(name("test -q --bin key_shown").unwrap(), "key_shown");
    }

    #[test]
    fn other_test_commands_are_refused() {
        let reason = name("test -q").unwrap_err();
        assert!(reason.contains("`cargo test -q --bin NAME`"), "{reason}");
        assert!(name("test -q --bin a -- b").is_err());
    }
}
