//! `cargo xtask asan`: the tests of the library, the chapters and the programs under
//! AddressSanitizer.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::command::{command, root, run};
use crate::faults;

pub(crate) fn run_tests() -> Result<()> {
    // The default members, and the chapter whose memory other processes write.
    for packages in [&[][..], &["--package", "ch16-shared-memory"]] {
        run_tests_of(packages)?;
    }
    println!("asan: the tests pass, no wrong access to memory.");
    Ok(())
}

fn run_tests_of(packages: &[&str]) -> Result<()> {
    run(
        command("rustup")
            .args(["run", "nightly", "cargo", "test", "--tests"])
            .args(packages)
            .args(["--target", &host()?])
            .arg("--")
            .args(faults::skip())
            // They build examples, which need the same flags.
            .args(["--skip", "side_by_side"])
            .env("RUSTFLAGS", "-Zsanitizer=address")
            // What is wanted are wrong accesses. The search for leaks, at the end of each program,
            // stops its threads with signals, and says so on standard error when a server has its
            // own.
            .env("ASAN_OPTIONS", "detect_leaks=0")
            .env("CARGO_TARGET_DIR", root().join("target/asan")),
        "if the reason above is a missing toolchain: rustup toolchain install nightly",
    )
}

/// Naming the target, even though it is this machine's own, keeps the sanitizer out of build
/// scripts and macros.
fn host() -> Result<String> {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("rustc could not be asked for its host")?;
    ensure!(output.status.success(), "`rustc -vV` failed");
    let text = String::from_utf8(output.stdout)?;
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("`rustc -vV` names no host")?.to_string())
}
