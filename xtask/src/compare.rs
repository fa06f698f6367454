//! `cargo xtask compare`: random calls on the simulator and on this machine's kernel, and every
//! answer compared.
//!
//! The work is done by the package `simulator-proof`, which this one does not depend on: `cargo
//! book` is to work where there is no Linux.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::Parser;

use crate::command::{self, cargo};

mod planted;

const REMEDY: &str = "what the model and the kernel did is told above, if they differ; \
     otherwise try it as root, or in front of it `unshare --user --map-root-user --ipc`";

#[derive(Parser)]
pub(crate) struct Args {
    /// How many operations to compare, at least
    #[arg(long, default_value_t = 1_000_000)]
    operations: u64,
    /// Where to begin: the same number gives the same operations [default: another one each time]
    #[arg(long)]
    seed: Option<u64>,
    /// Let woken processes race, on all processors, and accept each order that the model allows
    #[arg(long)]
    racing: bool,
    /// Plant bugs into a copy of the model instead, one at a time, and see that each is found
    #[arg(long)]
    planted: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let seed = args.seed.unwrap_or_else(today);
    if args.planted {
        return planted::run(args.operations, seed, args.racing);
    }
    let mut compare = cargo();
    compare.args(PROGRAM).args(arguments(args.operations, seed, args.racing));
    command::run(&mut compare, REMEDY)
}

/// Cargo's arguments for the program that compares.
const PROGRAM: [&str; 8] =
    ["run", "--quiet", "--release", "--package", "simulator-proof", "--bin", "compare", "--"];

fn arguments(operations: u64, seed: u64, racing: bool) -> Vec<String> {
    let mut arguments = vec![operations.to_string(), seed.to_string()];
    if racing {
        arguments.push("racing".to_owned());
    }
    arguments
}

/// A seed that nobody chose: the seconds since 1970.
fn today() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
