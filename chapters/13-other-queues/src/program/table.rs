//! The table, for a terminal.

use ch13_other_queues::{MECHANISMS, Row, TABLE, plain_text, rows};
use streams::{Failure, stdout};

pub(super) fn table(name: Option<&str>) -> Result<(), Failure> {
    let mut rows = rows(TABLE);
    let text = match name.map(|name| (name, MECHANISMS.iter().position(|it| *it == name))) {
        None => rows.iter().map(property).collect::<Vec<_>>().join("\n\n"),
        Some((_, Some(column))) => mechanism(&rows, column),
        Some((name, None)) => {
            let begins = |row: &Row| row.property.to_lowercase().starts_with(&name.to_lowercase());
            rows.retain(begins);
            if rows.is_empty() {
                let reason = "neither a mechanism nor how a property begins; ch13 table lists both";
                return Err(Failure::misuse(name, reason));
            }
            rows.iter().map(property).collect::<Vec<_>>().join("\n\n")
        }
    };
    stdout()?.line(text).map_err(|error| Failure::output(&error))
}

/// One row, a line for each mechanism.
fn property(row: &Row) -> String {
    let lines = MECHANISMS.iter().zip(&row.cells);
    let lines = lines.map(|(name, cell)| format!("  {name:10}  {}", plain_text(cell)));
    let lines: Vec<_> = [row.property.clone()].into_iter().chain(lines).collect();
    lines.join("\n")
}

/// One column, a line for each property.
fn mechanism(rows: &[Row], column: usize) -> String {
    let width = rows.iter().map(|row| row.property.chars().count()).max().unwrap_or(0);
    let lines = rows
        .iter()
        .map(|row| format!("{:width$}  {}", row.property, plain_text(&row.cells[column])));
    lines.collect::<Vec<_>>().join("\n")
}
