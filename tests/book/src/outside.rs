//! Links out of the book: each is on the list, with the day on which it was last seen alive.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::links::{self, LIST, Link};
use crate::{Book, Problem};

/// What stands behind an address that nobody has looked at.
const UNCHECKED: &str = "not checked";

/// Addresses that are not on the list, and lines of the list that no page needs.
pub fn check(book: &Book, list: &str) -> Vec<Problem> {
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
    let found = addresses(book);
    for (address, line) in &listed {
        if !found.iter().any(|(_, link)| link.target == *address) {
            on_list(
                *line,
                format!("no page links to {address}: take it off the list"),
            );
        }
    }
    for (index, link) in found {
        if !listed.contains_key(link.target.as_str()) {
            let reason = format!("{} is not on the list {LIST}", link.target);
            problems.push(book.pages[index].problem(link.line, reason));
        }
    }
    problems
}

/// Every link out of the book, with the index of its page.
fn addresses(book: &Book) -> Vec<(usize, Link)> {
    let pages = book.pages.iter().enumerate();
    pages
        .flat_map(|(index, page)| links::all(page).into_iter().map(move |link| (index, link)))
        .filter(|(_, link)| links::is_external(&link.target))
        .collect()
}

fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2] && parts.concat().bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, told};

    fn problems(list: &str) -> Vec<String> {
        let page = "# A\n\n[a](http://example.org/a)\n";
        let (_folder, book) = fixture(&[("book/a.md", page)]);
        told(&check(&book, list))
    }

    #[test]
    fn a_listed_address_is_fine() {
        assert!(problems("# the list\n\nhttp://example.org/a 2026-11-22\n").is_empty());
        assert!(problems("http://example.org/a not checked\n").is_empty());
    }

    #[test]
    fn an_address_that_is_not_listed_is_told() {
        let expected = ["book/a.md:3: http://example.org/a is not on the list \
                         tests/book/external-links.txt"];
        assert_eq!(problems(""), expected);
    }

    #[test]
    fn a_line_that_no_page_needs_is_told() {
        let told = problems("http://example.org/a 2026-11-22\nhttp://gone.org 2026-11-22\n");
        let expected = [
            "tests/book/external-links.txt:2: no page links to http://gone.org: take \
                         it off the list",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn an_address_without_a_day_is_told() {
        let told = problems("http://example.org/a yesterday\n");
        assert!(
            told[0].contains("external-links.txt:1: http://example.org/a: say when"),
            "{told:?}"
        );
        let told = problems("http://example.org/a not checked\nhttp://example.org/a not checked\n");
        assert!(told[0].contains("is on the list twice"), "{told:?}");
    }
}
