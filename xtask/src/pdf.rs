//! `cargo xtask pdf`: the whole book as one file, printed by the browser from the book's own print
//! page.

use std::env;
use std::fs;
use std::path::PathBuf;

use anyhow::{Result, ensure};

use xtask::command::{command, root, run as run_command};
use xtask::listings::paper::FILE;

use crate::book;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Put it into the book as well, and build the book with a link to it
    #[arg(long)]
    offer: bool,
}

const REMEDY: &str =
    "the browser is needed here (on Debian: apt-get install chromium, or name one in CHROMIUM)";

pub(crate) fn run(args: &Args) -> Result<()> {
    book::build()?;
    let folder = root().join("target");
    let pdf = folder.join(FILE);
    let browser = env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("chromium"), PathBuf::from);
    let mut print = command(browser);
    print
        .args([
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--no-pdf-header-footer",
            // The sandbox does not work for root, and the only page opened here is our own.
            "--no-sandbox",
        ])
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", folder.join("book/print.html").display()));
    run_command(&mut print, REMEDY)?;
    let size = fs::metadata(&pdf).map_or(0, |file| file.len());
    ensure!(size > 100_000, "{} has {size} bytes: that is no book", pdf.display());
    println!("The book is in {} ({} kB).", pdf.display(), size / 1000);
    if args.offer {
        fs::copy(&pdf, root().join("book").join(FILE))?;
        book::build()?;
    }
    Ok(())
}
