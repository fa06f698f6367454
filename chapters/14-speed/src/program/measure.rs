//! `ch14 measure`.

use std::env::current_exe;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use ch14_speed::experiment::{Planned, Setting, plan};
use ch14_speed::figures::{Figures, Group};
use ch14_speed::kept::{Found, Kept};
use ch14_speed::machine::Machine;
use ch14_speed::measure::{Stop, enter_namespace, in_rounds};
use ch14_speed::progress::Progress;
use ch14_speed::report;
use nix::unistd::alarm;

/// No group takes nearly as long; one that hangs ends this program, and the next run goes on.
const LIMIT: u32 = 300;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// A fast try: few rounds of short samples
    #[arg(long)]
    quick: bool,
    /// Start again, whatever is finished of an earlier run
    #[arg(long)]
    fresh: bool,
    /// These experiments only, as figures.json names them, such as length or length:1000; then
    /// nothing is written
    #[arg(long, value_delimiter = ',', value_name = "EXPERIMENT[:POINT]")]
    only: Vec<String>,
    /// How many rounds each contender goes
    #[arg(long, overrides_with = "rounds")]
    rounds: Option<usize>,
    /// How long a sample is to take, in milliseconds
    #[arg(long, value_name = "MS")]
    sample: Option<u64>,
    /// How many lines go through server and client
    #[arg(long)]
    lines: Option<u64>,
    /// Where figures, tables and plots go
    #[arg(long, default_value = "book/speed")]
    folder: PathBuf,
    /// Where what is finished is kept until all is
    #[arg(long, default_value = "target/speed")]
    kept: PathBuf,
    /// Where the programs server and client are
    #[arg(long, default_value = "target/release")]
    rust: PathBuf,
    /// Where the C programs are
    #[arg(long, default_value = "target/c")]
    c: PathBuf,
}

pub(crate) fn run(options: &Options) -> Result<()> {
    let (rounds, sample, lines) = match options.quick {
        true => (5, 5, 20_000),
        false => (21, 40, 300_000),
    };
    let rounds = options.rounds.unwrap_or(rounds);
    let sample = options.sample.unwrap_or(sample);
    let lines = options.lines.unwrap_or(lines);
    ensure!(rounds > 0 && sample > 0 && lines > 0, "nothing can be measured 0 times");
    let machine = Machine::here(rounds, sample)?;
    if machine.is_busy() {
        eprintln!("This machine is busy (load {}): others will be in the figures.", machine.load);
    }
    let scratch = options.kept.join("scratch");
    let setting = Setting { rust: options.rust.clone(), c: options.c.clone(), scratch, lines };
    let plan = wanted(&options.only, plan(&setting))?;
    let (mut kept, found) = Kept::open(&options.kept, machine, &programs(options)?, options.fresh)?;
    match found {
        Found::Nothing => {}
        Found::Groups(count) => {
            eprintln!("{count} groups are finished already; --fresh starts again.")
        }
        Found::Foreign => {
            eprintln!(
                "What is kept of an earlier run is of another machine, commit or program, and is not used."
            )
        }
    }

    if cfg!(debug_assertions) && options.only.is_empty() {
        bail!("this is a debug build, whose figures mean nothing: run `cargo xtask measure`");
    }
    enter_namespace()?;
    measure(&mut kept, &plan, rounds, Duration::from_millis(sample))?;
    if options.only.is_empty() {
        let figures = in_order(&kept.figures, &plan);
        fs::create_dir_all(&options.folder)?;
        let file = options.folder.join("figures.json");
        fs::write(&file, figures.text()?).with_context(|| file.display().to_string())?;
        report::write(&options.folder, &figures)?;
        eprintln!("Written: {} and what is made of it.", file.display());
    }
    streams::stdout()?.line(report::on_a_terminal(&kept.figures)).context("standard output")?;
    if options.only.is_empty() { kept.end() } else { Ok(()) }
}

fn measure(kept: &mut Kept, plan: &[Planned], rounds: usize, sample: Duration) -> Result<()> {
    let stop = Stop::on_signals()?;
    let is_done = |kept: &Kept, it: &Planned| kept.has(it.experiment, it.point);
    let mut done = plan.iter().filter(|it| is_done(kept, it)).count();
    let progress = Progress::begin(plan.len(), done);
    for planned in plan {
        if is_done(kept, planned) {
            continue;
        }
        done += 1;
        let Planned { experiment, point, .. } = *planned;
        progress.step(done, &format!("{experiment}, {point}"));
        alarm::set(LIMIT);
        let measured = (planned.subjects)()
            .and_then(|mut subjects| in_rounds(&mut subjects, rounds, sample, &stop))
            .with_context(|| format!("{experiment}, {point}"));
        alarm::cancel();
        let Ok(series) = measured.inspect_err(|_| progress.end())? else {
            progress.end();
            let (done, all) = (done - 1, plan.len());
            bail!(
                "stopped: {done} of {all} groups are finished and kept; the same command goes on from there"
            );
        };
        kept.keep(Group { experiment: experiment.to_owned(), point, series })?;
    }
    progress.end();
    Ok(())
}

fn wanted(only: &[String], plan: Vec<Planned>) -> Result<Vec<Planned>> {
    let is_called = |it: &Planned, name: &str| {
        name == it.experiment || name == format!("{}:{}", it.experiment, it.point)
    };
    if let Some(unknown) = only.iter().find(|name| !plan.iter().any(|it| is_called(it, name))) {
        let mut names: Vec<&str> = plan.iter().map(|it| it.experiment).collect();
        names.sort_unstable();
        names.dedup();
        bail!("there is no experiment {unknown:?}, but: {}", names.join(", "));
    }
    let is_wanted = |it: &Planned| only.is_empty() || only.iter().any(|name| is_called(it, name));
    Ok(plan.into_iter().filter(is_wanted).collect())
}

/// In the order of the plan, whatever was measured first; and nothing that is not in it.
fn in_order(figures: &Figures, plan: &[Planned]) -> Figures {
    let group = |it: &Planned| figures.of(it.experiment).find(|group| group.point == it.point);
    let groups = plan.iter().filter_map(group).cloned().collect();
    Figures { machine: figures.machine.clone(), groups }
}

/// What is measured: this program, and the pairs that are there.
fn programs(options: &Options) -> Result<Vec<PathBuf>> {
    let pairs = [
        options.rust.join("server"),
        options.rust.join("client"),
        options.c.join("server"),
        options.c.join("client"),
        options.c.join("bare_server"),
        options.c.join("bare_client"),
    ];
    let there = pairs.into_iter().filter(|file| file.exists());
    Ok([current_exe()?].into_iter().chain(there).collect())
}
