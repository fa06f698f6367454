//! The book as mdBook builds it: nothing raw is left in it, and nothing in it is dead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::blocks::Block;
use crate::book::{collect, read, root};
use crate::links::{attributes, is_external};
use crate::{Book, Problem};

/// Builds the book of this repository into `folder`.
///
/// # Panics
///
/// When mdbook is not there, or cannot build the book; with what it said.
pub fn build(folder: &Path) {
    let ours = root().join("target/tools/bin/mdbook");
    let mdbook = if ours.exists() { ours } else { "mdbook".into() };
    let output = Command::new(mdbook)
        .arg("build")
        .arg("--dest-dir")
        .arg(folder)
        .current_dir(root())
        .output()
        .unwrap_or_else(|_| {
            panic!("mdbook is not here; `cargo book build` gets it, then run this again")
        });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "mdbook cannot build the book:\n{said}"
    );
    assert!(
        !said.contains("WARN") && !said.contains("ERROR"),
        "mdbook is not content with the book:\n{said}"
    );
}

/// What is wrong with the built pages in `folder`.
pub fn check(folder: &Path) -> Vec<Problem> {
    let mut files = Vec::new();
    collect(folder, folder, "html", &mut files);
    let pages: BTreeMap<PathBuf, String> = files
        .into_iter()
        .map(|file| (file.clone(), read(&folder.join(file))))
        .collect();
    let ids: BTreeMap<&Path, BTreeSet<String>> = pages
        .iter()
        .map(|(file, html)| (file.as_path(), attributes(html, "id").collect()))
        .collect();
    let mut problems = Vec::new();
    for (file, html) in &pages {
        for (index, line) in html.lines().enumerate() {
            let mut problem = |reason: String| {
                let (page, line) = (file.clone(), index + 1);
                problems.push(Problem { page, line, reason });
            };
            if line.contains("{{#") {
                problem(format!("a raw directive is left: {}", line.trim()));
            }
            let targets = attributes(line, "href").chain(attributes(line, "src"));
            for target in targets.filter(|target| !is_external(target)) {
                if let Some(reason) = dead(folder, file, &target, &ids) {
                    problem(reason);
                }
            }
        }
    }
    problems
}

/// Listings that lost the name of their file on the way: something else than our own preprocessor
/// has put the code in.
pub fn check_names(folder: &Path, book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in &book.pages {
        let named = read(&folder.join(page.name()).with_extension("html"))
            .matches("<figure class=\"listing\">")
            .count();
        let listings = Block::all(page).into_iter().filter(Block::is_listing);
        let listings = listings.count();
        if named != listings {
            let reason = format!(
                "{listings} listings on the page, {named} with the name of their file in the built \
                 book: is [preprocessor.listings] still in book.toml?"
            );
            problems.push(page.problem(1, reason));
        }
    }
    problems
}

/// Why a link in a built page leads nowhere.
fn dead(
    folder: &Path,
    file: &Path,
    target: &str,
    ids: &BTreeMap<&Path, BTreeSet<String>>,
) -> Option<String> {
    if target.starts_with("data:") || target.starts_with("javascript:") {
        return None;
    }
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or(path);
    let mut there = if path.is_empty() {
        file.to_owned()
    } else {
        plain(
            &file
                .parent()
                .unwrap_or(Path::new(""))
                .join(path.trim_start_matches('/')),
        )
    };
    if path.ends_with('/') || there.as_os_str().is_empty() {
        there.push("index.html");
    }
    if !folder.join(&there).is_file() {
        return Some(format!(
            "{target}: there is no {} in the built book",
            there.display()
        ));
    }
    let known = ids.get(there.as_path());
    let found = id.is_empty() || known.is_none_or(|ids| ids.contains(id));
    (!found).then(|| format!("{target}: nothing in {} has the id {id}", there.display()))
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path {
        match part.to_str() {
            Some(".") => {}
            Some("..") => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::told;

    #[test]
    fn a_listing_without_a_name_is_told() {
        let page = "# A\n\n```rust\n{{#include ../src/lib.rs}}\n```\n";
        let (folder, book) = crate::book::fixture(&[("book/a.md", page)]);
        let html = folder.path().join("a.html");
        std::fs::write(&html, "<figure class=\"listing\">").unwrap();
        assert!(check_names(folder.path(), &book).is_empty());
        std::fs::write(&html, "<pre>").unwrap();
        let told = told(&check_names(folder.path(), &book));
        assert!(
            told[0].starts_with("book/a.md:1: 1 listings on the page, 0 with"),
            "{told:?}"
        );
    }

    fn problems(html: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
        write("a.html", html).unwrap();
        write("b.html", "<h2 id=\"send\">Send</h2>").unwrap();
        told(&check(folder.path()))
    }

    #[test]
    fn a_sound_page_is_fine() {
        assert!(
            problems("<a href=\"b.html#send\">b</a> <a href=\"https://example.org\">c</a>")
                .is_empty()
        );
    }

    #[test]
    fn a_raw_directive_is_told() {
        let expected = ["a.html:2: a raw directive is left: {{#include ../src/lib.rs}}"];
        assert_eq!(problems("<p>\n{{#include ../src/lib.rs}}"), expected);
    }

    #[test]
    fn a_dead_link_is_told() {
        let expected = ["a.html:1: c.html: there is no c.html in the built book"];
        assert_eq!(problems("<a href=\"c.html\">c</a>"), expected);
        let expected = ["a.html:1: b.html#recv: nothing in b.html has the id recv"];
        assert_eq!(problems("<a href=\"b.html#recv\">b</a>"), expected);
    }
}
