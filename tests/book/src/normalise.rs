//! What varies from run to run, replaced so that a reader sees it: `[you]`, `[pid]`, `[time]`.
//!
//! The tools that look at queues print who you are, process ids and times. Each is replaced by a
//! word in brackets, in its place in the table; everything else stays. The columns go by their
//! headings, so a new version of a tool that adds a column does no harm. Spaces at the end of a
//! line and blank lines at the end are left out: no page could keep them.

/// A column's heading and the word for what is below it.
const COLUMNS: [(&str, &str); 14] = [
    ("owner", "[you]"),
    ("OWNER", "[you]"),
    ("uid", "[uid]"),
    ("cuid", "[uid]"),
    ("gid", "[gid]"),
    ("cgid", "[gid]"),
    ("lspid", "[pid]"),
    ("lrpid", "[pid]"),
    ("LSPID", "[pid]"),
    ("LRPID", "[pid]"),
    ("stime", "[time]"),
    ("rtime", "[time]"),
    ("ctime", "[time]"),
    ("CTIME", "[time]"),
];

/// The words of a line like `uid=0  gid=0` or `Owner: root`, which carry their names.
const NAMED: [(&str, &str); 21] = [
    ("uid=", "[uid]"),
    ("cuid=", "[uid]"),
    ("gid=", "[gid]"),
    ("cgid=", "[gid]"),
    ("lspid=", "[pid]"),
    ("lrpid=", "[pid]"),
    ("send_time=", "[time]"),
    ("rcv_time=", "[time]"),
    ("change_time=", "[time]"),
    ("Owner:", "[you]"),
    ("Creator user:", "[you]"),
    ("User name:", "[you]"),
    ("Creator UID:", "[uid]"),
    ("UID:", "[uid]"),
    ("Creator GID:", "[gid]"),
    ("GID:", "[gid]"),
    ("Creator group:", "[group]"),
    ("Group name:", "[group]"),
    ("Msg sender:", "[pid]"),
    ("Msg receiver:", "[pid]"),
    ("Last change:", "[time]"),
];

/// The output of `ipcs`, `lsipc` or `/proc/sysvipc/msg` as a page shows it.
pub fn normalise(output: &str) -> String {
    let mut table: Option<Table> = None;
    let mut lines = Vec::new();
    for line in output.lines() {
        let line = if line.trim().is_empty() {
            table = None;
            String::new()
        } else if let Some(table) = &table {
            table.row(line)
        } else if let Some(named) = named(line) {
            named
        } else {
            table = Table::headed(line);
            line.to_owned()
        };
        lines.push(line.trim_end().to_owned());
    }
    let text = lines.join("\n");
    let text = text.trim_end_matches('\n');
    if text.is_empty() {
        String::new()
    } else {
        format!("{text}\n")
    }
}

/// The output of one of the book's programs: `process 812` and `uid 0, gid 0` are replaced.
pub fn normalise_program(output: &str) -> String {
    let text = after_word(output, "process ", "[pid]");
    let text = after_word(&text, "uid ", "[uid]");
    let text = after_word(&text, "gid ", "[gid]");
    text.replace("uid [uid], gid [gid]", "[you]")
}

/// Replaces the number behind each `word` that begins a word.
fn after_word(text: &str, word: &str, with: &str) -> String {
    let mut parts = text.split(word);
    let mut replaced = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let begins = replaced.chars().last().is_none_or(char::is_whitespace);
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        replaced.push_str(word);
        if begins && digits > 0 {
            replaced.push_str(with);
            replaced.push_str(&part[digits..]);
        } else {
            replaced.push_str(part);
        }
    }
    replaced
}

/// A table, by the words above its columns.
struct Table {
    columns: Vec<Column>,
}

struct Column {
    /// Counted from 0.
    number: usize,
    word: &'static str,
    aligned_right: bool,
}

impl Table {
    fn headed(line: &str) -> Option<Self> {
        let words = line.split_whitespace().enumerate();
        let columns = words.filter_map(|(number, heading)| {
            Some(Column {
                number,
                word: word_for(&COLUMNS, heading)?,
                // `ipcs -p` has the ids at the right, although their headings are at the left.
                aligned_right: line.starts_with(' ') || ["lspid", "lrpid"].contains(&heading),
            })
        });
        let columns: Vec<Column> = columns.collect();
        (!columns.is_empty()).then_some(Self { columns })
    }

    fn row(&self, line: &str) -> String {
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
    while let Some(number) = line
        .split_whitespace()
        .position(is_clock)
        .filter(|it| *it >= 2)
    {
        let Some(((start, _), (_, end))) = place(&line, number - 2).zip(place(&line, number))
        else {
            break;
        };
        line = replaced(&line, start, end, "[time]", false);
    }
    line
}

/// A line whose values carry their names, or nothing if this is none.
fn named(line: &str) -> Option<String> {
    if line.contains('=') && line.contains(['\t', '_']) {
        let parts = line.split('\t').map(|part| match part.split_once('=') {
            Some((name, value)) => format!("{name}={}", shown(&format!("{name}="), value)),
            None => part.to_owned(),
        });
        return Some(parts.collect::<Vec<_>>().join("\t"));
    }
    let (name, rest) = line.split_once(": ")?;
    let value = rest.trim_start();
    let space = &rest[..rest.len() - value.len()];
    Some(format!(
        "{name}: {space}{}",
        shown(&format!("{name}:"), value)
    ))
}

fn shown<'v>(name: &str, value: &'v str) -> &'v str {
    match word_for(&NAMED, name) {
        Some("[time]") if value.trim() == "Not set" => value,
        Some("[pid]") if value.trim() == "0" => value,
        Some(word) => word,
        None => value,
    }
}

fn word_for(words: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let found = words.iter().find(|(known, _)| *known == name);
    found.map(|(_, word)| *word)
}

#[cfg(test)]
mod tests;
