//! What varies from run to run, replaced so that a reader sees it: `[you]`, `[pid]`, `[time]`.
//!
//! The tools that look at queues print who you are, process ids and times. Each is replaced by a
//! word in brackets, in its place in the table; everything else stays. The columns go by their
//! headings, so a new version of a tool that adds a column does no harm. Spaces at the end of a
//! line and blank lines at the end are left out: no page could keep them.

mod table;

use table::Table;

/// What a column or a value is called, in small letters, and the word for it.
const WORDS: [(&str, &str); 22] = [
    ("owner", "[you]"),
    ("creator user", "[you]"),
    ("user name", "[you]"),
    ("uid", "[uid]"),
    ("cuid", "[uid]"),
    ("creator uid", "[uid]"),
    ("gid", "[gid]"),
    ("cgid", "[gid]"),
    ("creator gid", "[gid]"),
    ("creator group", "[group]"),
    ("group name", "[group]"),
    ("lspid", "[pid]"),
    ("lrpid", "[pid]"),
    ("msg sender", "[pid]"),
    ("msg receiver", "[pid]"),
    ("stime", "[time]"),
    ("rtime", "[time]"),
    ("ctime", "[time]"),
    ("send_time", "[time]"),
    ("rcv_time", "[time]"),
    ("change_time", "[time]"),
    ("last change", "[time]"),
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
    if text.is_empty() { String::new() } else { format!("{text}\n") }
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

/// A line whose values carry their names, or nothing if this is none.
fn named(line: &str) -> Option<String> {
    if line.contains('=') && line.contains(['\t', '_']) {
        let parts = line.split('\t').map(|part| match part.split_once('=') {
            Some((name, value)) => format!("{name}={}", shown(name, value)),
            None => part.to_owned(),
        });
        return Some(parts.collect::<Vec<_>>().join("\t"));
    }
    let (name, rest) = line.split_once(": ")?;
    let value = rest.trim_start();
    let space = &rest[..rest.len() - value.len()];
    Some(format!("{name}: {space}{}", shown(name, value)))
}

fn shown<'v>(name: &str, value: &'v str) -> &'v str {
    match word_for(name) {
        Some("[time]") if value.trim() == "Not set" => value,
        Some("[pid]") if value.trim() == "0" => value,
        Some(word) => word,
        None => value,
    }
}

fn word_for(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let found = WORDS.iter().find(|(known, _)| *known == name);
    found.map(|(_, word)| *word)
}

#[cfg(test)]
mod tests;
