//! Formatting and clippy.

use std::process::Command;

use anyhow::{Context, Result};

use super::catalog::Exercise;
use super::target;
use crate::command::{cargo, command, run};

/// The starters too, and the tests that both name: who saves a file with an editor that formats it
/// finds nothing changed but their own lines.
pub(crate) fn formatting(exercises: &[Exercise]) -> Result<Vec<String>> {
    let mut rustfmt: Command = command("rustfmt");
    rustfmt.args(["--check", "-l", "--edition", "2024"]);
    for exercise in exercises {
        rustfmt.args([&exercise.starter.path, &exercise.solution.path]);
    }
    let output =
        rustfmt.output().context("rustfmt could not be started (rustup component add rustfmt)")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let mut complaints: Vec<String> =
        said.lines().map(|line| format!("not formatted: {line}")).collect();
    if complaints.is_empty() && !output.status.success() {
        complaints.push(format!("rustfmt failed: {}", output.status));
    }
    Ok(complaints)
}

/// Starters and solutions, as programs and as tests, without a single warning; with everything, the
/// library as well.
pub(crate) fn clippy(exercises: &[Exercise], everything: bool) -> Result<()> {
    for profile in ["dev", "test"] {
        let mut clippy = cargo();
        clippy
            .args(["clippy", "--quiet", "--locked", "--profile", profile])
            .args(["--manifest-path", "practice/Cargo.toml"])
            .env("CARGO_TARGET_DIR", target());
        if everything {
            clippy.args(["--lib", "--bins"]);
        }
        for exercise in exercises.iter().filter(|_| !everything) {
            clippy.args(["--bin", &exercise.name, "--bin", &format!("{}_sol", exercise.name)]);
        }
        run(
            clippy.args(["--", "-D", "warnings"]),
            "starters and solutions are to compile without a warning; if cargo knows no such program: rustlings dev update",
        )?;
    }
    Ok(())
}
