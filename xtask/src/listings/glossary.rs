//! The glossary: the first use of each term in the prose of a page leads to its entry.
//!
//! An entry is a paragraph `**term, other form**: sentence`. A term in backticks is looked for as
//! code, the others in running text, in the plural too. Headings, links, listings, HTML blocks, and
//! the code in tables are left as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pulldown_cmark::{Event, Tag, TagEnd};
use regex::Regex;

use super::Problem;
use super::markdown::events;

/// The page, from the top of the book.
pub const PAGE: &str = "glossary.md";

/// The terms, and the entry that each belongs to.
#[derive(Debug)]
pub struct Glossary {
    /// The id of each entry.
    pub ids: Vec<String>,
    /// One group for each form in running text.
    prose: Regex,
    /// The entry of each group.
    groups: Vec<usize>,
    code: BTreeMap<String, usize>,
}

impl Glossary {
    /// Reads the entries of `page`, and reports terms that are defined twice.
    pub fn parse(page: &Path, markdown: &str) -> (Self, Vec<Problem>) {
        let (mut ids, mut code, mut problems) = (Vec::new(), BTreeMap::new(), Vec::new());
        let mut seen = BTreeSet::new();
        let mut forms = Vec::new();
        for (index, line) in markdown.lines().enumerate() {
            let Some((terms, _)) = entry(line) else {
                continue;
            };
            for term in terms.split(", ") {
                if !seen.insert(term.to_lowercase()) {
                    problems.push(Problem {
                        page: page.to_owned(),
                        line: index + 1,
                        reason: format!("`{term}` is defined twice"),
                    });
                }
                match term.strip_prefix('`') {
                    Some(name) => drop(code.insert(name.replace('`', ""), ids.len())),
                    None => forms.push((term, ids.len())),
                }
            }
            ids.push(id(terms));
        }
        // Where two terms begin at the same place, the longer one is meant.
        forms.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
        let patterns: Vec<String> = forms.iter().map(|(term, _)| pattern(term)).collect();
        let prose = Regex::new(&format!(r"\b(?:{})\b", patterns.join("|")));
        let glossary = Self {
            ids,
            prose: prose.expect("terms are escaped"),
            groups: forms.into_iter().map(|(_, entry)| entry).collect(),
            code,
        };
        (glossary, problems)
    }

    /// The page with a link at the first use of each term.
    pub fn link(&self, markdown: &str) -> String {
        let mut linked = BTreeSet::new();
        let (mut out, mut copied) = (String::new(), 0);
        for (piece, is_code) in pieces(markdown) {
            for (found, entry) in self.terms(markdown, &piece, is_code) {
                if linked.insert(entry) {
                    let (before, term) = (&markdown[copied..found.start], &markdown[found.clone()]);
                    let id = &self.ids[entry];
                    out.push_str(&format!(
                        "{before}<a class=\"term\" href=\"{PAGE}#{id}\">{term}</a>"
                    ));
                    copied = found.end;
                }
            }
        }
        out + &markdown[copied..]
    }

    fn terms(&self, markdown: &str, piece: &Span, is_code: bool) -> Vec<(Span, usize)> {
        let text = &markdown[piece.clone()];
        if is_code {
            let entry = self.code.get(text.trim_matches('`'));
            return entry.map(|entry| (piece.clone(), *entry)).into_iter().collect();
        }
        let captures = self.prose.captures_iter(text).filter_map(|captures| {
            let group = (1..captures.len()).find(|group| captures.get(*group).is_some())?;
            let found = captures.get(group)?.range();
            let found = piece.start + found.start..piece.start + found.end;
            Some((found, self.groups[group - 1]))
        });
        captures.collect()
    }
}

type Span = std::ops::Range<usize>;

/// The glossary's own page with a place for each entry to be linked to.
pub fn anchored(markdown: &str) -> String {
    let line = |line: &str| match entry(line) {
        Some((terms, rest)) => format!("<dfn id=\"{}\">{terms}</dfn>: {rest}\n", id(terms)),
        None => format!("{line}\n"),
    };
    markdown.lines().map(line).collect()
}

/// The terms of an entry, and what is said of them.
fn entry(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("**")?.split_once("**: ")
}

fn id(terms: &str) -> String {
    let first = terms.split(", ").next().unwrap_or(terms);
    first.replace('`', "").replace(' ', "-").to_lowercase()
}

/// A group that matches the term, its regular plural, and a capital at the start of a sentence.
fn pattern(term: &str) -> String {
    let (first, rest) = term.split_at(term.chars().next().map_or(0, char::len_utf8));
    let rest = regex::escape(rest).replace(' ', r"\s+");
    let after_vowel = ["ay", "ey", "oy", "uy"].iter().any(|end| term.ends_with(end));
    let rest = match rest.strip_suffix('y') {
        Some(stem) if !after_vowel => format!("{stem}(?:y|ies)"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| term.ends_with(end)) => {
            format!("{rest}(?:es)?")
        }
        _ => format!("{rest}s?"),
    };
    format!("((?i:{}){rest})", regex::escape(first))
}

/// The running text of a page, and the code in it: where each piece is, and whether it is code.
fn pieces(markdown: &str) -> Vec<(Span, bool)> {
    let mut pieces: Vec<(Span, bool)> = Vec::new();
    let (mut quiet, mut joined, mut in_table) = (0, false, false);
    for (event, span) in events(markdown) {
        match event {
            Event::Start(_) if quiet > 0 => quiet += 1,
            Event::Start(
                Tag::Heading { .. }
                | Tag::Link { .. }
                | Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::TableHead,
            ) => quiet = 1,
            Event::End(_) if quiet > 0 => quiet -= 1,
            Event::Text(_) if quiet == 0 => {
                // A line's end does not end a term; a mark of a quotation at the next line's start
                // does.
                let last = pieces.last_mut().filter(|(last, is_code)| {
                    joined && !is_code && markdown[last.end..span.start].trim().is_empty()
                });
                match last {
                    Some((last, _)) => last.end = span.end,
                    None => pieces.push((span, false)),
                }
                joined = true;
                continue;
            }
            Event::SoftBreak => continue,
            Event::Start(Tag::Table(_)) => in_table = true,
            Event::End(TagEnd::Table) => in_table = false,
            Event::Code(_) if quiet == 0 && !in_table => pieces.push((span, true)),
            _ => {}
        }
        joined = false;
    }
    pieces
}

#[cfg(test)]
mod tests;
