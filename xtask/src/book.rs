//! `cargo book`: builds the book, serves it on this machine, and says where as soon as it can be
//! read.

use anyhow::{Result, bail};
use clap::Subcommand;

use xtask::command::{command, root, run as run_command};
use xtask::mdbook;
use xtask::turn::{FOR_THE_BOOK, Turn};

mod port;
mod served;

use served::Served;

#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Option<Action>,
    /// Open the book in the browser
    #[arg(long)]
    open: bool,
    /// Serve at this port (otherwise 3000, or the next one that is free; 0 is any free one)
    #[arg(long)]
    port: Option<u16>,
}

#[derive(Subcommand)]
enum Action {
    /// Build the book into target/book, without serving it
    Build,
}

const REMEDY: &str = "mdbook says why above";

pub(crate) fn run(args: Args) -> Result<()> {
    match args.action {
        Some(Action::Build) => {
            build()?;
            let page = root().join("target/book/index.html");
            println!("The book is in {}.", page.display());
            Ok(())
        }
        None => serve(args.port, args.open),
    }
}

/// Builds the book into target/book.
pub(crate) fn build() -> Result<()> {
    let target = root().join("target");
    let turn = Turn::take(&target)?;
    let mdbook = mdbook::find_or_install(&turn)?;
    turn.spend(&target, FOR_THE_BOOK, || run_command(command(mdbook).arg("build"), REMEDY))
}

fn serve(wish: Option<u16>, open: bool) -> Result<()> {
    // Before a long installation, not after it.
    port::free(wish)?;
    let target = root().join("target");
    let turn = Turn::take(&target)?;
    let mdbook = mdbook::find_or_install(&turn)?;
    let start = || Served::start(&mdbook, wish, open, REMEDY);
    let mut served = turn.spend(&target, FOR_THE_BOOK, start)?;
    drop(turn);
    println!("\nThe book is at http://127.0.0.1:{} (stop with Ctrl-C)\n", served.port);
    let status = served.mdbook.wait()?;
    bail!("mdbook stopped serving ({status}): {REMEDY}");
}
