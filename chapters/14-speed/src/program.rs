//! The command line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use ch14_speed::figures::Figures;
use ch14_speed::report;
use clap::{Args, Parser, Subcommand};

mod measure;

/// How fast is it: measures the book's queues beside others, and shows what came out
#[derive(Parser)]
struct Ch14 {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Measure everything, and write figures, tables and plots
    ///
    /// Needs Linux, two processors, and an IPC namespace of its own: run it as root, or where user
    /// namespaces are allowed. Ctrl-C stops it after the sample at hand; the same command goes on
    /// from there.
    Measure(measure::Options),
    /// Print the tables of a file of figures
    Show(Place),
    /// Make the tables and plots of a file of figures again
    Plot(Place),
}

#[derive(Args)]
struct Place {
    /// The folder with figures.json, where tables and plots go too
    #[arg(long, default_value = "book/speed")]
    folder: PathBuf,
}

pub(crate) fn main() -> ExitCode {
    let done = match Ch14::parse().verb {
        Verb::Measure(options) => measure::run(&options),
        Verb::Show(place) => show(&place.folder),
        Verb::Plot(place) => plot(&place.folder),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ch14: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn show(folder: &Path) -> Result<()> {
    let figures = Figures::read(&folder.join("figures.json"))?;
    streams::stdout()?.line(report::on_a_terminal(&figures)).context("standard output")
}

fn plot(folder: &Path) -> Result<()> {
    report::write(folder, &Figures::read(&folder.join("figures.json"))?)
}
