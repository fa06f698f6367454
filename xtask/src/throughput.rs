//! `cargo xtask throughput`: the same short lines through the C pair, the Rust pair, and a pair
//! that makes the calls alone, in turns, with the time it took.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use support::Room;

use crate::command::root;
use crate::harness::{alone, compile};
use figures::Figures;
use pair::Pair;
use xtask::artifacts;

mod figures;
mod pair;
mod writes;

/// No run takes nearly as long; one that hangs shall say so and end.
const LIMIT: Duration = Duration::from_secs(120);

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How many lines go through each pair in one run
    #[arg(long, default_value_t = 300_000)]
    lines: usize,
    /// How many runs each pair makes; they take turns
    #[arg(long, default_value_t = 15)]
    runs: usize,
}

/// What goes in and comes out, prepared once for all runs.
pub(crate) struct Work {
    key: i32,
    lines: usize,
    /// The client's input: "line 1" and so on, and "exit".
    input: PathBuf,
    /// Where the server's standard output goes.
    output: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    ensure!(args.lines > 0 && args.runs > 0, "--lines and --runs must be at least 1");
    let built = artifacts::build(&["build", "--release", "--package", "sysv-mq", "--bins"])?;
    let bare = Pair {
        name: "bare",
        server: compile("bare_server")?,
        client: compile("bare_client")?,
        before_key: &[],
        prints: false,
    };
    let c = Pair {
        name: "C",
        server: compile("server")?,
        client: compile("client")?,
        before_key: &[],
        prints: true,
    };
    let rust = Pair {
        name: "Rust",
        server: artifacts::named(&built, "server")?,
        client: artifacts::named(&built, "client")?,
        before_key: &["--key"],
        prints: true,
    };
    let runs = u32::try_from(args.runs)?;
    // One more for each pair, since the server's calls are counted as well.
    alone(LIMIT * 3 * (runs + 1), |room| measure(args, room, &[bare, c, rust]))
}

fn measure(args: &Args, room: &Room, pairs: &[Pair; 3]) -> Result<()> {
    let work = Work::prepare(args.lines, room.key())?;
    let place = if room.is_namespace() {
        "an IPC namespace of its own"
    } else {
        "a key of its own (a namespace is not permitted here)"
    };
    println!("{} lines a run, {} runs of each pair in turns, in {place}", args.lines, args.runs);
    println!("{}", machine()?);

    let mut times = [const { Figures::new() }; 3];
    for run in 0..args.runs {
        // Whoever goes later finds the machine as the others have left it: they take turns at that
        // as well.
        for index in (0..3).map(|place| (place + run) % 3) {
            times[index].push(pairs[index].time(&work)?);
        }
    }
    println!("\n{:6}{:>9}{:>9}{:>9}   seconds", "", "median", "min", "max");
    for (pair, times) in pairs.iter().zip(&times) {
        println!("{:6}{times}", pair.name);
    }
    let [bare, c, rust] = &times;
    for (name, other) in [("C", c), ("bare", bare)] {
        println!(
            "\nRust / {name}: {:.3} (ratio of the medians), {:.3} (median of the ratios run by run)",
            rust.median() / other.median(),
            rust.over(other).median()
        );
    }

    match writes::count(&pairs[2], &work)? {
        Some(calls) => println!(
            "The Rust server wrote its {} lines in {calls} calls of write(2): {} lines a call.",
            args.lines + 3,
            (args.lines + 3) / calls.max(1)
        ),
        None => {
            println!("(With strace installed, the server's calls of write(2) are counted too.)")
        }
    }
    Ok(())
}

impl Work {
    fn prepare(lines: usize, key: i32) -> Result<Work> {
        let folder = root().join("target/throughput");
        fs::create_dir_all(&folder)?;
        let input = folder.join("input");
        let text: String =
            (1..=lines).map(|n| format!("line {n}\n")).chain(["exit\n".to_string()]).collect();
        fs::write(&input, text)?;
        Ok(Work { key, lines, input, output: folder.join("output") })
    }

    /// Every line must have come out, in order: a pair that loses some is fast for the wrong
    /// reason.
    fn check(&self, name: &str) -> Result<()> {
        let output = fs::read_to_string(&self.output)?;
        let mut received = output.lines().filter_map(|line| line.strip_prefix("Server received: "));
        let sent = (1..=self.lines).map(|n| format!("line {n}")).chain(["exit".to_string()]);
        for line in sent {
            let got = received.next();
            ensure!(
                got == Some(line.as_str()),
                "the {name} server printed {got:?} where \"{line}\" is due"
            );
        }
        let more = received.next();
        ensure!(more.is_none(), "the {name} server printed {more:?} after \"exit\"");
        Ok(())
    }
}

/// Figures mean nothing without the machine that they come from.
fn machine() -> Result<String> {
    let line = |program: &str, arg: &str| -> Result<String> {
        let output = Command::new(program)
            .arg(arg)
            .output()
            .with_context(|| format!("`{program} {arg}` could not run"))?;
        Ok(String::from_utf8_lossy(&output.stdout).lines().next().unwrap_or_default().to_string())
    };
    let processors = std::thread::available_parallelism()?;
    Ok(format!(
        "{processors} processors, {}, {}, {}",
        line("uname", "-srm")?,
        line("rustc", "-V")?,
        line("cc", "--version")?
    ))
}
