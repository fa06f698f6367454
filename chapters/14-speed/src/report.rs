//! What is made of the figures: tables and numbers for the page, plots, and text for a terminal.
//!
//! The same figures always yield the same bytes, so that a test can tell whether the page shows
//! what the file says.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::figures::Figures;
use crate::plot;

mod label;
mod numbers;
mod table;
mod write;

pub use label::label;
pub use write::{ratio, time, whole};

/// The file with everything that a page includes. Not Markdown by its name: it is no page.
pub const INCLUDES: &str = "figures.txt";

/// All files that are made of the figures: their names and their text.
///
/// # Errors
///
/// A plot cannot be drawn.
pub fn files(figures: &Figures) -> Result<Vec<(String, String)>> {
    let mut files = vec![(INCLUDES.to_owned(), includes(figures))];
    files.extend(plot::all(figures)?);
    Ok(files)
}

/// Writes them into a folder.
///
/// # Errors
///
/// One cannot be drawn or written.
pub fn write(folder: &Path, figures: &Figures) -> Result<()> {
    for (name, text) in files(figures)? {
        let file = folder.join(name);
        fs::write(&file, text).with_context(|| format!("{} was not written", file.display()))?;
    }
    Ok(())
}

/// Every table, for eyes on a terminal.
#[must_use]
pub fn on_a_terminal(figures: &Figures) -> String {
    let tables = table::all(figures).into_iter();
    let tables: Vec<String> = tables.map(|table| table.on_a_terminal()).collect();
    format!("{}\n\n{}", numbers::machine(&figures.machine), tables.join("\n\n"))
}

/// Tables and numbers, each between the marks of an anchor.
fn includes(figures: &Figures) -> String {
    let mut text = "<!-- Made by `ch14 plot` of figures.json. -->\n".to_owned();
    let tables = table::all(figures).into_iter();
    let tables = tables.map(|table| (table.name.clone(), table.in_markdown()));
    for (name, part) in tables.chain(numbers::all(figures)) {
        text.push_str(&format!("<!-- ANCHOR: {name} -->\n{part}\n<!-- ANCHOR_END: {name} -->\n"));
    }
    text
}
