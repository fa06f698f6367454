//! A cell of the file, against what was observed.

use std::env;
use std::fs;

use ch13_other_queues::{MECHANISMS, MessageQueue, rows};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/table.md");

/// What was observed of one property of one mechanism.
#[derive(Debug)]
pub(super) enum Cell {
    /// The text of its cell, up to the footnotes.
    Seen(String),
    /// No system call offers it, so there is nothing to try: the cell says no, and where that is
    /// written.
    NoCall,
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell::Seen(text.into())
    }
}

/// Compares the cell in this row and in the mechanism's column with what was observed.
pub(super) fn assert_cell<Q: MessageQueue>(row: &str, observed: impl Into<Cell>) {
    let observed = observed.into();
    let table = fs::read_to_string(FILE).expect("the table is there");
    let cell = cell::<Q>(&table, row);
    if let Err(complaint) = compare(&cell, &observed, &table) {
        let (true, Cell::Seen(text)) = (overwrites(), &observed) else {
            panic!("{row}, {}: {complaint}; TABLE=overwrite writes it down", Q::NAME);
        };
        let (_, footnotes) = split(&cell);
        let new = replace(&table, row, column::<Q>(), &format!("{text}{footnotes}"));
        fs::write(FILE, new).expect("the table can be written");
    }
}

fn overwrites() -> bool {
    env::var("TABLE").is_ok_and(|value| value == "overwrite")
}

pub(super) fn column<Q: MessageQueue>() -> usize {
    MECHANISMS.iter().position(|name| *name == Q::NAME).expect("each has a column")
}

pub(super) fn cell<Q: MessageQueue>(table: &str, property: &str) -> String {
    let row = rows(table).into_iter().find(|row| row.property == property);
    row.unwrap_or_else(|| panic!("no row {property}")).cells[column::<Q>()].clone()
}

/// Whether this cell is right.
pub(super) fn compare(cell: &str, observed: &Cell, table: &str) -> Result<(), String> {
    let (text, _) = split(cell);
    match observed {
        Cell::Seen(seen) if seen == text => Ok(()),
        Cell::Seen(seen) => Err(format!("the table says {text:?}, and it is {seen:?}")),
        Cell::NoCall if text == "no" && sourced(cell, table) => Ok(()),
        Cell::NoCall => Err(format!("the table says {cell:?}; no call offers it, with a source")),
    }
}

/// Text and footnotes.
fn split(cell: &str) -> (&str, &str) {
    cell.split_at(cell.find("[^").unwrap_or(cell.len()))
}

/// Whether the cell has a footnote, which is there.
pub(super) fn sourced(cell: &str, table: &str) -> bool {
    let (_, footnotes) = split(cell);
    let mut footnotes = footnotes.split_inclusive(']').peekable();
    let exists = |note: &str| table.lines().any(|line| line.starts_with(&format!("{note}: ")));
    footnotes.peek().is_some() && footnotes.all(exists)
}

/// The table with another text in this cell.
pub(super) fn replace(table: &str, property: &str, column: usize, text: &str) -> String {
    let line = |line: &str| {
        let mut cells: Vec<String> = line.split('|').map(|cell| cell.trim().to_owned()).collect();
        if cells.get(1).is_none_or(|first| first != property) {
            return format!("{line}\n");
        }
        cells[column + 2] = text.to_owned();
        format!("| {} |\n", cells[1..cells.len() - 1].join(" | "))
    };
    table.lines().map(line).collect()
}
