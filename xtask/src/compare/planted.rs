//! `cargo xtask compare --planted`: a comparison that finds nothing means something if it finds what is there.
//!
//! The bugs are planted into a copy of this repository's code, under the target folder: the model itself has no
//! place for them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::bugs::{BUGS, Bug};
use super::{PROGRAM, arguments};
use crate::command::{cargo, root};

pub(crate) fn run(operations: u64, seed: u64, racing: bool) -> Result<()> {
    let copy = root().join("target/planted");
    refresh(&root(), &copy)?;
    let compare = |copy: &Path| {
        let mut compare = cargo();
        compare.current_dir(copy);
        // One folder for all that is built there, away from what is built here.
        compare.env("CARGO_TARGET_DIR", copy.join("target"));
        // A bug may leave something unused.
        compare.env("RUSTFLAGS", "-A warnings");
        compare.args(PROGRAM);
        compare.args(arguments(operations, seed, racing));
        compare
    };
    println!("planted: the model as it is, to begin with");
    let begin = outcome(&mut compare(&copy))?;
    ensure!(
        begin.is_none(),
        "the model differs from the kernel before anything is planted: try `cargo xtask compare --seed {seed}`"
    );

    let mut survived = 0;
    for bug in BUGS {
        let file = copy.join("simulator/src").join(bug.file);
        let healthy = fs::read_to_string(&file)?;
        fs::write(&file, plant(bug, &healthy)?)?;
        let outcome = outcome(&mut compare(&copy));
        fs::write(&file, healthy)?;
        let found = outcome.with_context(|| format!("with the bug that {}", bug.belief))?;
        match found {
            Some(found) => println!("planted: {}: {found}", bug.belief),
            None => {
                survived += 1;
                println!("planted: {}: NOT FOUND", bug.belief);
            }
        }
    }
    if survived > 0 {
        bail!(
            "{survived} of {} bugs were not found in {operations} operations (seed {seed})",
            BUGS.len()
        );
    }
    println!("planted: all {} bugs were found; seed {seed}", BUGS.len());
    Ok(())
}

/// The file with the wrong line in the place of the right one.
fn plant(bug: &Bug, healthy: &str) -> Result<String> {
    ensure!(
        healthy.matches(bug.right).count() == 1,
        "xtask/src/compare/bugs.rs: `{}` is not to be found once in simulator/src/{}: the model has changed, \
         and the bug has to change with it",
        bug.right,
        bug.file
    );
    Ok(healthy.replace(bug.right, bug.wrong))
}

/// Runs the comparison. What it says when it has found a difference, `None` if it has found none.
fn outcome(compare: &mut Command) -> Result<Option<String>> {
    let output = compare.stderr(Stdio::inherit()).output()?;
    if output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stdout);
    let found = said.lines().find(|line| line.contains("differ, after"));
    let found = found.with_context(|| format!("the comparison failed ({})", output.status))?;
    let (_, figures) = found.split_once("differ, ").unwrap_or_default();
    Ok(Some(figures.trim_end_matches(':').to_owned()))
}

/// Brings the copy up to date. Files that are the same stay as they are, so that little is built anew.
fn refresh(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if ["target", "node_modules", ".git"]
            .iter()
            .any(|no| name == *no)
        {
            continue;
        }
        let (here, there) = (entry.path(), to.join(&name));
        names.push(name);
        if entry.file_type()?.is_dir() {
            refresh(&here, &there)?;
        } else if fs::read(&here)? != fs::read(&there).unwrap_or_default() || !there.exists() {
            fs::copy(&here, &there)
                .with_context(|| format!("{} cannot be copied", here.display()))?;
        }
    }
    // What is no longer here is not to be there either.
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        let name = entry.file_name();
        if name != "target" && !names.contains(&name) {
            let gone = entry.path();
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(gone)?;
            } else {
                fs::remove_file(gone)?;
            }
        }
    }
    Ok(())
}
