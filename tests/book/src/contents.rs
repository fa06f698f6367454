//! The table of contents: every page is in it, and every entry has a page.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pulldown_cmark::{Event, Tag};

use crate::{Book, Problem};

/// What is wrong with SUMMARY.md.
pub fn check(book: &Book) -> Vec<Problem> {
    let summary = &book.summary;
    let mut problems = Vec::new();
    let mut seen: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for (event, line) in summary.events() {
        let Event::Start(Tag::Link { dest_url, .. }) = event else {
            continue;
        };
        let entry = PathBuf::from(dest_url.trim_start_matches("./"));
        if !book.pages.iter().any(|page| page.name() == entry) {
            let reason = format!("the entry {dest_url} has no page");
            problems.push(summary.problem(line, reason));
        }
        if let Some(first) = seen.insert(entry, line) {
            let reason = format!("the entry {dest_url} is there twice, on line {first} already");
            problems.push(summary.problem(line, reason));
        }
    }
    for page in &book.pages {
        if !seen.contains_key(page.name()) {
            problems.push(page.problem(1, "the page is not in SUMMARY.md: nobody would find it"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    fn problems(summary: &str) -> Vec<String> {
        let (_folder, book) = fixture(&[("book/SUMMARY.md", summary), ("book/a.md", "# A\n")]);
        reasons(&check(&book))
    }

    #[test]
    fn complete_table_is_fine() {
        assert!(problems("- [A](a.md)\n").is_empty());
        assert!(problems("- [A](./a.md)\n").is_empty());
    }

    #[test]
    fn page_left_out_is_reported() {
        let expected = ["book/a.md:1: the page is not in SUMMARY.md: nobody would find it"];
        assert_eq!(problems("# Summary\n"), expected);
    }

    #[test]
    fn entry_without_a_page_is_reported() {
        let expected = ["book/SUMMARY.md:2: the entry b.md has no page"];
        assert_eq!(problems("- [A](a.md)\n- [B](b.md)\n"), expected);
    }

    #[test]
    fn entry_twice_is_reported() {
        let expected = ["book/SUMMARY.md:2: the entry a.md is there twice, on line 1 already"];
        assert_eq!(problems("- [A](a.md)\n- [B](a.md)\n"), expected);
    }
}
