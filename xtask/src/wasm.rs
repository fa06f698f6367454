//! `cargo xtask wasm`: the simulator as the module that the pages load.
//!
//! The module is kept in the repository, so that nobody needs a compiler for WebAssembly to build
//! the book; a test says when it is older than its sources.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::command::{cargo, command, root, run as run_command, spawn};
use crate::platforms::{DEBIANS, DEBIANS_SOURCES, is_installed};

const TARGET: &str = "wasm32-unknown-unknown";

/// Where the pages load it from.
const MODULE: &str = "book/simulator/simulator.wasm";

/// What the module may weigh, compressed as it travels, in bytes. With the script it has 60,000.
const MOST: usize = 45_000;

/// What the compiler uses of WebAssembly, and the optimiser may: every browser has had it since
/// 2022.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

pub(crate) fn run() -> Result<()> {
    let folder = root().join("target/wasm");
    println!("wasm: compiling the simulator for {TARGET}");
    let mut compile = compiler()?;
    compile
        .args(["--package", "simulator-page", "--lib", "--crate-type", "cdylib"])
        .args(["--profile", "wasm", "--target", TARGET])
        .env("CARGO_TARGET_DIR", &folder);
    run_command(&mut compile, "the compiler says why above")?;

    let module = folder.join(TARGET).join("wasm/simulator_page.wasm");
    let built = size(&module)?;
    optimise(&module)?;
    let place = root().join(MODULE);
    fs::create_dir_all(place.parent().unwrap_or(&place))
        .and_then(|()| fs::copy(&module, &place))
        .with_context(|| format!("{MODULE} could not be written"))?;

    let compressed = compressed(&place)?;
    println!(
        "wasm: {built} bytes from the compiler, {} in {MODULE}, {compressed} compressed with gzip -9",
        size(&place)?
    );
    ensure!(
        compressed <= MOST,
        "the module may weigh {MOST} bytes compressed, so that it and the script stay under 60 kB: find what has made it grow \
         (wasm-objdump -x -j Code lists functions by size when the profile `wasm` does not strip them)"
    );
    Ok(())
}

/// `cargo rustc` for WebAssembly: Debian's, which compiles the standard library along and leaves
/// out what tells of panics (a page has nobody to tell); or with the target that rustup installs,
/// for a module a little larger.
fn compiler() -> Result<Command> {
    if Path::new(DEBIANS_SOURCES).exists() && Path::new(DEBIANS).exists() {
        let mut cargo = command(DEBIANS);
        cargo
            .args(["rustc", "--quiet", "--locked", "-Zbuild-std=core,alloc", "-Zbuild-std-features=optimize_for_size"])
            .env("RUSTC", "/usr/bin/rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker()?);
        return Ok(cargo);
    }
    if is_installed(TARGET) {
        let mut cargo = cargo();
        cargo.args(["rustc", "--quiet", "--locked"]);
        return Ok(cargo);
    }
    bail!(
        "there is no compiler for {TARGET} here. With rustup: rustup target add {TARGET}. \
         On Debian without rustup's downloads: apt-get install rustc-web cargo-web rust-web-src lld-19"
    )
}

/// The linker that comes with rustup's compiler, or else LLVM's own from version 16 on: an older
/// one does not tell the module where its memory ends.
fn linker() -> Result<PathBuf> {
    let output = Command::new("rustc").args(["--print", "target-libdir"]).output();
    let rustups = output.ok().and_then(|output| {
        let libraries = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        Some(libraries.parent()?.join("bin/rust-lld"))
    });
    let debians =
        ["22", "19", "16"].map(|version| PathBuf::from(format!("/usr/bin/wasm-ld-{version}")));
    rustups
        .into_iter()
        .chain(debians)
        .find(|linker| linker.exists())
        .context("there is no linker for WebAssembly here: apt-get install lld-19, or install Rust with rustup, which brings rust-lld")
}

fn optimise(module: &Path) -> Result<()> {
    let smaller = module.with_extension("opt.wasm");
    let mut optimiser = command("wasm-opt");
    optimiser
        .args(FEATURES)
        .args(["-Oz", "--strip-debug", "--strip-producers", "-o"])
        .args([&smaller, module]);
    run_command(
        &mut optimiser,
        "it makes the module smaller and comes with the package binaryen (apt-get install binaryen, brew install binaryen)",
    )?;
    fs::rename(&smaller, module)
        .with_context(|| format!("{} could not be moved", smaller.display()))
}

fn size(file: &Path) -> Result<u64> {
    let data = fs::metadata(file).with_context(|| format!("{} is not there", file.display()))?;
    Ok(data.len())
}

fn compressed(file: &Path) -> Result<usize> {
    let mut gzip = command("gzip");
    gzip.args(["-9", "--no-name", "--stdout"]).arg(file).stdout(Stdio::piped());
    let output = spawn(&mut gzip, "it measures what a page loads (apt-get install gzip)")?
        .wait_with_output()?;
    ensure!(output.status.success(), "gzip could not compress {}", file.display());
    Ok(output.stdout.len())
}
