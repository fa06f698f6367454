//! `cargo xtask practice`: proves the exercises.
//!
//! Every starter compiles without a warning and fails; every solution passes, formatted and without
//! a remark of clippy's; every plausible wrong solution fails *with the message that belongs to its
//! mistake*; nothing hangs. practice/README.md says how the files are laid out.

use std::env;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Result, bail};
use clap::Parser;

use crate::command::root;

mod attribution;
mod bench;
mod catalog;
mod failures;
mod hints;
mod lint;
mod literal;
mod rules;
mod sentences;
mod verdict;

#[derive(Parser)]
pub(crate) struct Args {
    /// Only what lies in folders that begin so (01, or 01_key_setup), or exercises with such a name
    only: Vec<String>,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let begin = Instant::now();
    let exercises = catalog::read(&root().join("practice"), &args.only)?;
    if exercises.is_empty() {
        bail!("no exercise in practice/info.toml is called so");
    }

    let mut complaints = rules::check(&exercises);
    if args.only.is_empty() {
        complaints.extend(rules::strays(&exercises)?);
    }
    complaints.extend(lint::formatting(&exercises)?);
    let mut untold = 0;
    if complaints.is_empty() {
        lint::clippy(&exercises, args.only.is_empty())?;
        let bench = bench::build(&exercises)?;
        let (more, untold_here) = verdict::judge(&bench, &exercises)?;
        complaints.extend(more);
        untold = untold_here;
    }

    let mistakes: usize = exercises.iter().map(|e| e.mistakes.len()).sum();
    let caught = mistakes - untold;
    for complaint in &complaints {
        eprintln!("practice: {complaint}\n");
    }
    if !complaints.is_empty() {
        bail!("{} complaints about the exercises", complaints.len());
    }
    println!(
        "practice: {} exercises: every starter fails, every solution passes; {caught} mistakes, each caught with its message; {:.0} s.",
        exercises.len(),
        begin.elapsed().as_secs_f64()
    );
    if untold > 0 {
        println!(
            "practice: skipped: {untold} mistakes that are seen only where a test may have an IPC namespace of its own \
             (run this as root, or allow user namespaces), and what the mains of all {mistakes} would leave behind."
        );
    }
    Ok(())
}

/// Where cargo builds: the folder that it uses for the reader too, unless the environment names
/// another.
fn target() -> PathBuf {
    let asked = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    asked.map_or_else(|| root().join("practice/target"), |path| root().join(path))
}
