//! The chapter's table, as the page shows it.

use crate::{Datagram, MessageQueue, Pipe, Posix, SeqPacket, SystemV};

/// What each mechanism can do: `table.md`. Each cell is a test of this crate, or names its source.
pub const TABLE: &str = include_str!("../table.md");

/// The columns of the table.
pub const MECHANISMS: [&str; 5] =
    [SystemV::NAME, Posix::NAME, SeqPacket::NAME, Datagram::NAME, Pipe::NAME];

/// One property of the five.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the row is about.
    pub property: String,
    /// What is so, in the order of [`MECHANISMS`].
    pub cells: [String; 5],
}

/// The rows of a table in Markdown that has these columns.
#[must_use]
pub fn rows(markdown: &str) -> Vec<Row> {
    let lines = markdown.lines().filter(|line| line.starts_with('|'));
    lines.skip(2).filter_map(row).collect()
}

fn row(line: &str) -> Option<Row> {
    let mut cells = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
    let property = cells.next()?;
    let cells = cells.collect::<Vec<_>>().try_into().ok()?;
    Some(Row { property, cells })
}

/// A cell without the marks of Markdown.
#[must_use]
pub fn plain_text(cell: &str) -> String {
    let mut pieces = cell.split("[^");
    let first = pieces.next().unwrap_or_default();
    let rest = pieces.filter_map(|piece| piece.split_once(']').map(|(_footnote, after)| after));
    [first].into_iter().chain(rest).collect::<String>().replace(['`', '*'], "").trim().to_owned()
}
