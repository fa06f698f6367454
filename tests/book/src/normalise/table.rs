//! A table with headings above its columns, whose cells keep their places.

use super::word_for;

/// A table, by the words above its columns.
pub(super) struct Table {
    columns: Vec<Column>,
}

struct Column {
    /// Counted from 0.
    number: usize,
    word: &'static str,
    aligned_right: bool,
}

impl Table {
    pub(super) fn headed(line: &str) -> Option<Self> {
        let words = line.split_whitespace().enumerate();
        let columns = words.filter_map(|(number, heading)| {
            Some(Column {
                number,
                word: word_for(heading)?,
                // `ipcs -p` has the ids at the right, although their headings are at the left.
                aligned_right: line.starts_with(' ') || ["lspid", "lrpid"].contains(&heading),
            })
        });
        let columns: Vec<Column> = columns.collect();
        (!columns.is_empty()).then_some(Self { columns })
    }

    pub(super) fn row(&self, line: &str) -> String {
        let mut line = without_dates(line);
        // From the right, so that the places further left stay where they are.
        for column in self.columns.iter().rev() {
            let word = column.word;
            let Some((start, end)) = place(&line, column.number) else {
                continue;
            };
            // 0 is not a process and not a time: it says that there was none yet.
            if line[start..end] == *"0" && ["[pid]", "[time]"].contains(&word) {
                continue;
            }
            line = replaced(&line, start, end, word, column.aligned_right);
        }
        line
    }
}

/// Where the word `number` of a line begins and ends.
fn place(line: &str, number: usize) -> Option<(usize, usize)> {
    let word = line.split_whitespace().nth(number)?;
    let start = word.as_ptr() as usize - line.as_ptr() as usize;
    Some((start, start + word.len()))
}

/// Puts `word` in place of a cell, and takes or gives spaces so that the next cell stays in place.
fn replaced(line: &str, start: usize, end: usize, word: &str, aligned_right: bool) -> String {
    let (before, cell, after) = (&line[..start], &line[start..end], &line[end..]);
    let longer = word.len().saturating_sub(cell.len());
    let padding = " ".repeat(cell.len().saturating_sub(word.len()));
    let spare = |spaces: usize| longer.min(spaces.saturating_sub(1));
    if aligned_right {
        let spaces = before.len() - before.trim_end().len();
        let before = &before[..before.len() - spare(spaces)];
        format!("{before}{padding}{word}{after}")
    } else {
        let spaces = after.len() - after.trim_start().len();
        let after = &after[spare(spaces)..];
        format!("{before}{word}{padding}{after}")
    }
}

/// `Nov 22 19:27:39` becomes `[time]`: the only cells with spaces in them.
fn without_dates(line: &str) -> String {
    let mut line = line.to_owned();
    let is_clock = |word: &str| {
        let digits = word.replace(':', "");
        word.len() == 8 && digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    while let Some(number) = line.split_whitespace().position(is_clock).filter(|it| *it >= 2) {
        let Some(((start, _), (_, end))) = place(&line, number - 2).zip(place(&line, number))
        else {
            break;
        };
        line = replaced(&line, start, end, "[time]", false);
    }
    line
}
