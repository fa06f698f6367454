//! The few commands behind `cargo book` and `cargo xtask` (see `.cargo/config.toml` for the two
//! names).
//!
//! Those that need message queues are there on Linux only: `cargo book` is to work wherever Rust
//! does.

use std::process::ExitCode;

use anyhow::Result;
use clap::{CommandFactory, Parser, Subcommand};
use xtask::command;

mod asan;
mod book;
#[cfg(target_os = "linux")]
mod compare;
mod faults;
#[cfg(target_os = "linux")]
mod harness;
#[cfg(target_os = "linux")]
mod measure;
#[cfg(target_os = "linux")]
mod mistakes;
mod pdf;
mod platforms;
#[cfg(target_os = "linux")]
mod practice;
mod record;
#[cfg(target_os = "linux")]
mod valgrind;
mod wasm;

/// The few commands behind this repository
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Xtask {
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Subcommand)]
enum Task {
    /// Build the book, serve it on this machine and print its address (`cargo book` for short)
    Book(book::Args),
    /// Put the code into the book; mdbook starts this by itself (see book.toml)
    Listings,
    /// Play the sessions of the book and of the simulator again, and write down what they show
    Record,
    /// Print the book to target/leave-a-message.pdf (needs Chromium)
    Pdf(pdf::Args),
    /// Measure how fast the queues are, for the page that shows it; --quick for a try
    #[cfg(target_os = "linux")]
    Measure(measure::Args),
    /// Look for uninitialised bytes and wrong accesses with valgrind
    #[cfg(target_os = "linux")]
    Valgrind,
    /// Run the tests with AddressSanitizer (needs a nightly toolchain)
    Asan,
    /// Compile for the other platforms
    Platforms,
    /// Prove the exercises: starters fail, solutions pass, each mistake gets its message
    #[cfg(target_os = "linux")]
    Practice(practice::Args),
    /// Compare the simulator with this machine's kernel, a million random operations long
    #[cfg(target_os = "linux")]
    Compare(compare::Args),
    /// Build the simulator as the WebAssembly module that the pages load
    Wasm,
}

fn main() -> ExitCode {
    match run(Xtask::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(xtask: Xtask) -> Result<()> {
    match xtask.task {
        None => Xtask::command().print_help()?,
        Some(Task::Book(args)) => book::run(args)?,
        Some(Task::Listings) => xtask::listings::preprocessor::run()?,
        Some(Task::Record) => record::run()?,
        Some(Task::Pdf(args)) => pdf::run(&args)?,
        #[cfg(target_os = "linux")]
        Some(Task::Measure(args)) => measure::measure(&args)?,
        #[cfg(target_os = "linux")]
        Some(Task::Valgrind) => valgrind::run()?,
        Some(Task::Asan) => asan::run_tests()?,
        Some(Task::Platforms) => platforms::run()?,
        #[cfg(target_os = "linux")]
        Some(Task::Practice(args)) => practice::run(&args)?,
        #[cfg(target_os = "linux")]
        Some(Task::Compare(args)) => compare::run(&args)?,
        Some(Task::Wasm) => wasm::run()?,
    }
    Ok(())
}
