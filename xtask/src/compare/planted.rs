//! `cargo xtask compare --planted`: a comparison that finds nothing means something if it finds
//! what is there.
//!
//! The bugs are planted into a copy of this repository's code, under the target folder: the model
//! itself has no place for them.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::{PROGRAM, arguments};
use crate::command::{cargo, root};
use crate::mistakes::{self, Mistakes};

const BUGS: &str = "simulator/proof/bugs.toml";

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

    let bugs = bugs()?;
    let mut survived = 0;
    for (name, bug) in &bugs {
        let file = copy.join("simulator/src").join(&bug.file);
        let healthy = fs::read_to_string(&file)?;
        let planted = bug.make(&healthy);
        let planted = planted.with_context(|| format!("{BUGS}, [{name}]: not in {}", bug.file))?;
        fs::write(&file, planted)?;
        let outcome = outcome(&mut compare(&copy));
        fs::write(&file, healthy)?;
        let found = outcome.with_context(|| format!("with the bug that {}", bug.mistake))?;
        match found {
            Some(found) => println!("planted: {}: {found}", bug.mistake),
            None => {
                survived += 1;
                println!("planted: {}: NOT FOUND", bug.mistake);
            }
        }
    }
    if survived > 0 {
        bail!(
            "{survived} of {} bugs were not found in {operations} operations (seed {seed})",
            bugs.len()
        );
    }
    println!("planted: all {} bugs were found; seed {seed}", bugs.len());
    Ok(())
}

fn bugs() -> Result<Mistakes> {
    mistakes::read(&root().join(BUGS))
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

/// Brings the copy up to date. Files that are the same stay as they are, so that little is built
/// anew.
fn refresh(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if ["target", "node_modules", ".git"].iter().any(|no| name == *no) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_bug_has_its_place_in_the_model() {
        for (name, bug) in bugs().expect("a table of bugs") {
            let text = fs::read_to_string(root().join("simulator/src").join(&bug.file));
            let planted = bug.make(&text.expect("the file is there").replace("\r\n", "\n"));
            assert!(planted.is_ok(), "{name}: {planted:?}");
        }
    }
}
