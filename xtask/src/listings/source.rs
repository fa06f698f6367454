//! A source file that is quoted by its anchors.
//!
//! `// ANCHOR: name` and `// ANCHOR_END: name` stand on lines of their own, in a comment of any
//! language. Anchors may be nested and may overlap. The lines with the marks are never shown.

use std::collections::BTreeMap;

/// The lines of a file without its marks, and the anchors found in it.
#[derive(Debug, Default)]
pub struct Source {
    lines: Vec<String>,
    anchors: BTreeMap<String, Anchor>,
    faults: Vec<Fault>,
}

/// A stretch of lines with a name.
#[derive(Debug)]
struct Anchor {
    /// The line of the mark in the file, counted from 1.
    opened_at: usize,
    /// Indices into the lines without marks.
    start: usize,
    end: Option<usize>,
}

/// A mark that cannot be meant: it makes its whole file unfit to be quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line in the file, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

enum Mark<'a> {
    Open(&'a str),
    Close(&'a str),
}

impl Source {
    /// Reads the marks of a file. Never fails: what is wrong with them is in [`Source::faults`].
    pub fn parse(text: &str) -> Self {
        let mut source = Self::default();
        for (index, line) in text.lines().enumerate() {
            match mark(line) {
                Some(Mark::Open(name)) => source.open(name, index + 1),
                Some(Mark::Close(name)) => source.close(name, index + 1),
                None => source.lines.push(line.to_owned()),
            }
        }
        source.complain_about_unclosed_and_empty();
        source
    }

    /// The anchors' names, in alphabetical order, with the line in the file where each begins.
    pub fn anchors(&self) -> impl Iterator<Item = (&str, usize)> {
        self.anchors.iter().map(|(name, anchor)| (name.as_str(), anchor.opened_at))
    }

    /// What is wrong with the marks in this file.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The lines between the marks of `name`, without blank lines around them, moved to the left
    /// by what they are indented in common.
    pub fn anchor(&self, name: &str) -> Option<Vec<&str>> {
        let anchor = self.anchors.get(name)?;
        Some(dedent(trim(&self.lines[anchor.start..anchor.end?])))
    }

    /// The whole file without the marks.
    pub fn whole(&self) -> Vec<&str> {
        self.lines.iter().map(String::as_str).collect()
    }

    fn open(&mut self, name: &str, line: usize) {
        let anchor = Anchor { opened_at: line, start: self.lines.len(), end: None };
        if let Some(first) = self.anchors.get(name) {
            let reason = format!(
                "anchor `{name}` is there twice: it was opened on line {} already",
                first.opened_at
            );
            self.faults.push(Fault { line, reason });
        } else {
            self.anchors.insert(name.to_owned(), anchor);
        }
    }

    fn close(&mut self, name: &str, line: usize) {
        let here = self.lines.len();
        match self.anchors.get_mut(name) {
            Some(anchor) if anchor.end.is_none() => anchor.end = Some(here),
            Some(_) => {
                self.faults.push(Fault { line, reason: format!("anchor `{name}` is closed twice") })
            }
            None => self.faults.push(Fault {
                line,
                reason: format!("anchor `{name}` is closed but was never opened"),
            }),
        }
    }

    fn complain_about_unclosed_and_empty(&mut self) {
        for (name, anchor) in &self.anchors {
            let reason = match anchor.end {
                None => format!("anchor `{name}` is never closed: ANCHOR_END: {name} is missing"),
                Some(end) if is_blank(&self.lines[anchor.start..end]) => {
                    format!("anchor `{name}` is empty")
                }
                Some(_) => continue,
            };
            let line = anchor.opened_at;
            self.faults.push(Fault { line, reason });
        }
    }
}

/// The mark on this line, if there is one. The name ends where the comment goes on or ends.
fn mark(line: &str) -> Option<Mark<'_>> {
    let (before, after) = line.split_once("ANCHOR")?;
    // Only the beginning of a comment may stand in front, or talk about marks would be one.
    if !["//", "/*", "#", "--", "<!--"].contains(&before.trim()) {
        return None;
    }
    let (closes, rest) = match after.strip_prefix("_END:") {
        Some(rest) => (true, rest.trim_start()),
        None => (false, after.strip_prefix(':')?.trim_start()),
    };
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
    let name = &rest[..end.unwrap_or(rest.len())];
    Some(if closes { Mark::Close(name) } else { Mark::Open(name) })
}

/// Removes the indentation that all lines with text have in common.
fn dedent(lines: &[String]) -> Vec<&str> {
    let indent = |line: &String| line.len() - line.trim_start().len();
    let common = lines.iter().filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    lines.iter().map(|line| line.get(common..).unwrap_or("")).collect()
}

fn trim(lines: &[String]) -> &[String] {
    let has_text = |line: &String| !line.trim().is_empty();
    let start = lines.iter().position(has_text).unwrap_or(lines.len());
    let end = lines.iter().rposition(has_text).map_or(start, |last| last + 1);
    &lines[start..end]
}

fn is_blank(lines: &[String]) -> bool {
    lines.iter().all(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests;
