//! Listings: every include is right, and every anchor in the code is used by some page.

use std::collections::BTreeSet;
use std::path::PathBuf;

use xtask::listings::page::expand;
use xtask::listings::source::Source;

use crate::book::{files, read};
use crate::{Book, Problem};

/// Where the code lives that the pages quote.
const CODE: [&str; 5] = ["chapters", "examples", "simulator", "src", "tests"];

/// A file, and the anchor in it or all of it.
type Quotes = BTreeSet<(PathBuf, Option<String>)>;

/// What is wrong with the includes of any page: the preprocessor's own judgement.
pub fn check(book: &Book) -> Vec<Problem> {
    expanded(book).1
}

/// How many includes the pages hold.
pub fn count(book: &Book) -> usize {
    let includes = |text: &str| text.matches("{{#include ").count();
    book.pages.iter().map(|page| includes(&page.text)).sum()
}

/// Anchors that no page quotes, and marks that are broken in a file that no page quotes.
pub fn unused(book: &Book) -> Vec<Problem> {
    let (quotes, _) = expanded(book);
    let code = CODE.map(|folder| files(&book.root, &book.root.join(folder)));
    let is_code = |file: &PathBuf| {
        let extension = file.extension().unwrap_or_default();
        ["rs", "c", "h"].iter().any(|it| extension == *it)
    };
    let mut problems = Vec::new();
    for file in code.into_iter().flatten().filter(is_code) {
        let source = Source::parse(&read(&book.root.join(&file)));
        let mut problem = |line, reason: String| {
            let page = file.clone();
            problems.push(Problem { page, line, reason });
        };
        for fault in source.faults() {
            problem(fault.line, fault.reason.clone());
        }
        for (name, line) in source.anchors() {
            if !quotes.contains(&(file.clone(), Some(name.to_owned()))) {
                problem(line, format!("no page quotes the anchor `{name}`"));
            }
        }
    }
    problems
}

fn expanded(book: &Book) -> (Quotes, Vec<Problem>) {
    let mut quotes = Quotes::new();
    let mut problems = Vec::new();
    for page in &book.pages {
        let expanded = expand(&book.root, &page.path, &page.text);
        quotes.extend(expanded.quotes);
        problems.extend(expanded.problems);
    }
    (quotes, problems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    const CODE: &str = "// ANCHOR: send\nsend();\n// ANCHOR_END: send\n";

    fn with(page: &str, code: &str) -> (tempfile::TempDir, Book) {
        fixture(&[("book/a.md", page), ("src/lib.rs", code)])
    }

    #[test]
    fn anchor_that_a_page_quotes_is_fine() {
        let (_folder, book) = with("```rust\n{{#include ../src/lib.rs:send}}\n```\n", CODE);
        assert!(unused(&book).is_empty());
        assert!(check(&book).is_empty());
        assert_eq!(count(&book), 1);
    }

    #[test]
    fn anchor_that_no_page_quotes_is_reported() {
        let (_folder, book) = with("# A\n", CODE);
        let expected = ["src/lib.rs:1: no page quotes the anchor `send`"];
        assert_eq!(reasons(&unused(&book)), expected);
    }

    #[test]
    fn broken_mark_is_reported_even_where_no_page_looks() {
        let (_folder, book) = with("# A\n", "x\n// ANCHOR_END: send\n");
        let expected = ["src/lib.rs:2: anchor `send` is closed but was never opened"];
        assert_eq!(reasons(&unused(&book)), expected);
    }

    #[test]
    fn wrong_include_is_reported() {
        let (_folder, book) = with("```rust\n{{#include ../src/bil.rs:send}}\n```\n", CODE);
        let told = reasons(&check(&book));
        assert!(told[0].ends_with("there is no file src/bil.rs"), "{told:?}");
    }
}
