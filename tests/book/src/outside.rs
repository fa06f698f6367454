//! Links out of the book: each is on a list.
//!
//! The list has one line for each address: the address, then the day on which somebody last saw it
//! answer, or `not checked`. The tests do not use the network: they would fail on somebody else's
//! bad day.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::built::{Built, Link};
use crate::links::{self, is_external};
use crate::{Book, Problem};

/// Where the list is, relative to the repository.
pub const LIST: &str = "tests/book/external-links.txt";

/// What stands behind an address that nobody has looked at.
const UNCHECKED: &str = "not checked";

/// Addresses that are not on the list, and lines of the list that no page needs.
pub fn check(built: &Built, book: &Book, list: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut listed: BTreeMap<&str, usize> = BTreeMap::new();
    let mut on_list = |line, reason: String| {
        let page = PathBuf::from(LIST);
        problems.push(Problem { page, line, reason });
    };
    for (index, text) in list.lines().enumerate() {
        let line = index + 1;
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let (address, seen) = text.split_once(' ').unwrap_or((text, ""));
        if seen != UNCHECKED && !is_day(seen) {
            let reason = format!("{address}: say when it was seen (2026-11-22), or `{UNCHECKED}`");
            on_list(line, reason);
        }
        if listed.insert(address, line).is_some() {
            on_list(line, format!("{address} is on the list twice"));
        }
    }
    let found = addresses(built, book);
    for (address, line) in &listed {
        if !found.iter().any(|(_, link)| link.target == *address) {
            let reason = format!("no page links to {address}: take it off the list");
            on_list(*line, reason);
        }
    }
    for (file, link) in found {
        if !listed.contains_key(link.target.as_str()) {
            let reason = format!("the address is not on the list {LIST}");
            problems.push(links::problem(book, &file, link, &reason));
        }
    }
    problems
}

/// Every link out of the book on one of its own pages, and that page.
fn addresses<'b>(built: &'b Built, book: &Book) -> Vec<(PathBuf, &'b Link)> {
    let files = book.pages.iter().map(|it| it.name().with_extension("html"));
    let links = |file: PathBuf| {
        let links = built.pages.get(&file).map_or(&[][..], |html| &html.links);
        links.iter().map(move |link| (file.clone(), link))
    };
    let all = files.flat_map(links);
    all.filter(|(_, link)| is_external(&link.target)).collect()
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2] && parts.concat().bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    fn problems(list: &str) -> Vec<String> {
        let page = "# A\n\n[a](http://example.org/a)\n";
        let (_folder, book) = fixture(&[("book/a.md", page)]);
        let built = Built::of(&[("a.html", "<a href=\"http://example.org/a\">")]);
        reasons(&check(&built, &book, list))
    }

    #[test]
    fn listed_address_is_fine() {
        assert!(problems("# the list\n\nhttp://example.org/a 2026-11-22\n").is_empty());
        assert!(problems("http://example.org/a not checked\n").is_empty());
    }

    #[test]
    fn address_that_is_not_listed_is_reported() {
        let expected = ["book/a.md:3: http://example.org/a: the address is not on the list \
                         tests/book/external-links.txt"];
        assert_eq!(problems(""), expected);
    }

    #[test]
    fn line_that_no_page_needs_is_reported() {
        let told = problems("http://example.org/a 2026-11-22\nhttp://gone.org 2026-11-22\n");
        let expected = ["tests/book/external-links.txt:2: no page links to http://gone.org: take \
                         it off the list"];
        assert_eq!(told, expected);
    }

    #[test]
    fn address_without_a_day_is_reported() {
        let told = problems("http://example.org/a yesterday\n");
        assert!(
            told[0].contains("external-links.txt:1: http://example.org/a: say when"),
            "{told:?}"
        );
        let told = problems("http://example.org/a not checked\nhttp://example.org/a not checked\n");
        assert!(told[0].contains("is on the list twice"), "{told:?}");
    }
}
