//! `cargo xtask platforms`: what the book says about other platforms, put to the compiler.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use anyhow::{Result, bail, ensure};

use crate::command::{cargo, command, root, run as run_command, spawn};

/// Where the library and the programs compile, and with what beside them.
const SUPPORTED: [(&str, &[&str]); 3] = [
    ("x86_64-unknown-linux-musl", &["--all-targets"]),
    // The next two without the tests: their harness reads /proc and knows the system calls of
    // 64-bit Linux. Here a C long has 4 bytes, and a message type that is taken for 8 shows.
    ("i686-unknown-linux-gnu", &[]),
    ("x86_64-unknown-freebsd", &[]),
];

/// Where the book can be read, but compiling the library stops with [`SENTENCE`].
const READERS: [&str; 2] = ["aarch64-apple-darwin", "x86_64-pc-windows-msvc"];

/// How the first error there begins.
const SENTENCE: &str =
    "error: System V message queues are supported here on Linux and FreeBSD only";

/// Where Debian's packages put a toolchain that brings the sources of the standard library along.
pub(crate) const DEBIANS: &str = "/usr/bin/cargo";
pub(crate) const DEBIANS_SOURCES: &str = "/usr/lib/rustlib/src/rust/library";

pub(crate) fn run() -> Result<()> {
    // All of them first: nobody waits for the first check to learn that the last one cannot be
    // made.
    let targets = SUPPORTED.iter().map(|(target, _)| target).chain(&READERS);
    let missing: Vec<_> = targets.filter(|target| !is_installed(target)).copied().collect();
    ensure!(
        missing.is_empty() || Path::new(DEBIANS_SOURCES).exists(),
        "targets are missing: rustup target add {}, or on Debian: apt-get install rustc-web cargo-web rust-web-src",
        missing.join(" ")
    );

    for (target, more) in SUPPORTED {
        println!("platforms: {target} compiles");
        check(check_for(target).args(more))?;
    }
    for target in READERS {
        println!("platforms: {target} serves the book, and the library stops with its sentence");
        check(check_for(target).args(["--package", "xtask"]))?;
        stops_with_the_sentence(target)?;
    }
    println!("platforms: all is as the book says.");
    Ok(())
}

/// `cargo check` for this target: with the standard library that is installed for it, or else with
/// one compiled from Debian's sources, which a stable compiler does when told that it may.
fn check_for(target: &str) -> Command {
    let mut check = if is_installed(target) {
        let mut check = cargo();
        check.arg("check");
        check
    } else {
        let mut check = command(DEBIANS);
        check
            .args(["check", "-Zbuild-std"])
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1");
        check
    };
    check.args(["--quiet", "--target", target]);
    check
}

pub(crate) fn is_installed(target: &str) -> bool {
    let folder =
        Command::new("rustc").args(["--print", "target-libdir", "--target", target]).output();
    folder.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).exists())
}

/// A target folder of its own, since the flags differ; one for all, since cargo keeps the targets
/// apart.
fn with_flags(cargo: &mut Command) -> &mut Command {
    cargo.env("RUSTFLAGS", "-D warnings").env("CARGO_TARGET_DIR", root().join("target/platforms"))
}

fn check(cargo: &mut Command) -> Result<()> {
    run_command(
        with_flags(cargo),
        "what the compiler says above is about that platform, or about its standard library",
    )
}

fn stops_with_the_sentence(target: &str) -> Result<()> {
    let mut cargo = check_for(target);
    with_flags(&mut cargo).args(["--package", "sysv-mq"]).stderr(Stdio::piped());
    let output: Output =
        spawn(&mut cargo, "this is a cargo command, run it with cargo")?.wait_with_output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    // On Windows more follows: what the sentence stands for is missing there altogether.
    let first = text.lines().find(|line| line.starts_with("error"));
    if output.status.success() || !first.is_some_and(|line| line.starts_with(SENTENCE)) {
        bail!("for {target}, compiling should stop with a sentence of ours and said:\n{text}");
    }
    Ok(())
}
