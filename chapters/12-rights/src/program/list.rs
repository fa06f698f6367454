//! All queues, a line each.

use ch02_create::Queue;
use ch06_cleanup::Status;
use streams::Failure;

use super::people::{group_name, user_name};
use super::refused;
use super::show::{age, fullness, key, mode};

const HEADINGS: [&str; 9] =
    ["id", "key", "made by", "owner", "group", "mode", "messages", "full", "last used"];

/// The columns of numbers that are compared, from HEADINGS.
const NUMBERS: [usize; 2] = [6, 7];

pub(super) fn list() -> Result<String, Failure> {
    let queues = ch12_rights::list().map_err(|errno| refused("msgctl", errno))?;
    if queues.is_empty() {
        return Ok("no queues".to_owned());
    }
    let rows = queues.iter().map(|(queue, status)| row(*queue, status));
    let rows: Vec<_> = [HEADINGS.map(str::to_owned)].into_iter().chain(rows).collect();
    Ok(aligned(&rows))
}

fn row(queue: Queue, status: &Status) -> [String; 9] {
    let used = [status.last_sent, status.last_received, status.last_changed];
    [
        queue.id().to_string(),
        key(status.key),
        user_name(status.creator.0),
        user_name(status.owner.0),
        group_name(status.owner.1),
        mode(status.mode),
        status.messages.to_string(),
        fullness(status),
        age(used.into_iter().flatten().max()),
    ]
}

/// Every column as wide as its widest cell, two blanks apart.
fn aligned(rows: &[[String; 9]]) -> String {
    let widths: [usize; 9] = std::array::from_fn(|column| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
    });
    let line = |row: &[String; 9]| {
        let cells = row.iter().enumerate().map(|(column, cell)| {
            let width = widths[column];
            match NUMBERS.contains(&column) {
                true => format!("{cell:>width$}"),
                false => format!("{cell:width$}"),
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
