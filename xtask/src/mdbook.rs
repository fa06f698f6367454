//! mdBook, the program that makes the pages: the version that the book is tested with, installed if
//! it is not here.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, ensure};

use crate::command::{cargo, root, run};
use crate::turn::Turn;

/// Pinned: theme/index.hbs replaces this version's template, and other versions make other pages.
pub const VERSION: &str = "0.5.4";

/// What cargo compiles it into, which is removed afterwards, and the program.
const FOR_THE_INSTALLATION: u64 = 400 << 20;

/// Where the tested mdbook is: on PATH, in `target/tools`, or there after installing it.
///
/// # Errors
///
/// Says why it cannot be installed.
pub fn find_or_install(turn: &Turn) -> Result<PathBuf> {
    if let Some(mdbook) = find() {
        return Ok(mdbook);
    }
    let target = root().join("target");
    turn.spend(&target, FOR_THE_INSTALLATION, || install(&target.join("tools")))?;
    let ours = ours();
    ensure!(
        is_tested(&ours),
        "mdbook was installed, but `{} --version` does not say {VERSION}",
        ours.display()
    );
    Ok(ours)
}

/// Where the tested mdbook is, if it is here. Another version on PATH is passed over.
pub fn find() -> Option<PathBuf> {
    [PathBuf::from("mdbook"), ours()].into_iter().find(|candidate| is_tested(candidate))
}

fn ours() -> PathBuf {
    let name = format!("mdbook{}", env::consts::EXE_SUFFIX);
    root().join("target/tools/bin").join(name)
}

fn is_tested(mdbook: &Path) -> bool {
    let Ok(output) = Command::new(mdbook).arg("--version").output() else {
        return false;
    };
    String::from_utf8_lossy(&output.stdout).trim() == format!("mdbook v{VERSION}")
}

fn install(tools: &Path) -> Result<()> {
    println!(
        "The book is made with mdbook {VERSION}, which is not here yet. Installing it into target/tools: \
         about 3 minutes on two cores, this once."
    );
    let start = Instant::now();
    let build = tools.join("build");
    let mut install = cargo();
    install
        .args(["install", "mdbook", "--locked", "--version", VERSION])
        .arg("--root")
        .arg(tools)
        // A build folder of its own: no lock shared with other cargo commands, and what an
        // interrupted installation has compiled serves the next one.
        .env("CARGO_TARGET_DIR", &build)
        // Otherwise cargo advises to add this folder to PATH, which nobody needs to do.
        .env("PATH", with_folder(&tools.join("bin"))?);
    run(
        &mut install,
        "cargo says why above. Most often the network is missing (crates.io must be reachable): \
         run the command again when it is back, what is compiled so far is kept",
    )?;
    // Some 300 MB that nobody needs again; if they cannot be removed, the book can be read all the
    // same.
    let _ = fs::remove_dir_all(&build);
    println!("mdbook {VERSION} is installed ({} s).", start.elapsed().as_secs());
    Ok(())
}

fn with_folder(folder: &Path) -> Result<std::ffi::OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(env::split_paths(&path).chain([folder.to_path_buf()]))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_and_readme_name_the_tested_version() {
        for (text, name) in [
            (include_str!("../../theme/index.hbs"), "mdbook-html"),
            (include_str!("../../README.md"), "mdBook"),
        ] {
            assert!(text.contains(&format!("{name} {VERSION}")), "{name}");
        }
    }
}
