//! The book as mdBook builds it, read once: its links, the places they can lead to, its listings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use html5gum::{DefaultEmitter, Token, Tokenizer};
use xtask::mdbook;

use crate::book::{files, read, root};
use crate::{Book, Problem, block::Block};

/// Every file of a built book.
#[derive(Debug, Default)]
pub struct Built {
    /// The pages, by their path in the built book.
    pub pages: BTreeMap<PathBuf, Html>,
    /// These and all other files.
    pub files: BTreeSet<PathBuf>,
}

/// A built page.
#[derive(Debug, Default)]
pub struct Html {
    /// Its text.
    pub text: String,
    /// Its links and pictures.
    pub links: Vec<Link>,
    /// What a `#fragment` can lead to.
    pub ids: BTreeSet<String>,
    /// How many listings on it carry the name of their file.
    pub listings: usize,
}

/// A link or a picture.
#[derive(Debug)]
pub struct Link {
    /// What it leads to, as it stands in the page.
    pub target: String,
    /// The line in the HTML.
    pub line: usize,
}

impl Built {
    /// The book of this repository, built by the tested mdbook.
    ///
    /// # Panics
    ///
    /// When mdbook is not there, or cannot build the book; with what it said.
    pub fn here() -> &'static Self {
        static BUILT: OnceLock<Built> = OnceLock::new();
        BUILT.get_or_init(|| {
            let folder = tempfile::tempdir().expect("a folder for the built book");
            build(folder.path());
            Built::read(folder.path())
        })
    }

    fn read(folder: &Path) -> Self {
        let all = files(folder, folder);
        let pages = all.iter().filter(|file| file.extension().is_some_and(|it| it == "html"));
        let page = |file: &PathBuf| (file.clone(), Html::parse(read(&folder.join(file))));
        Self { pages: pages.map(page).collect(), files: all.into_iter().collect() }
    }

    #[cfg(test)]
    pub(crate) fn of(texts: &[(&str, &str)]) -> Self {
        let page = |(file, text): &(&str, &str)| (file.into(), Html::parse((*text).to_owned()));
        let pages: BTreeMap<PathBuf, Html> = texts.iter().map(page).collect();
        let files = pages.keys().cloned().collect();
        Self { pages, files }
    }
}

impl Html {
    fn parse(text: String) -> Self {
        let mut page = Self::default();
        let (mut line, mut counted) = (1, 0);
        let emitter = DefaultEmitter::<usize>::new_with_span();
        for Ok(token) in Tokenizer::new_with_emitter(&text, emitter) {
            let Token::StartTag(tag) = token else {
                continue;
            };
            line += text[counted..tag.span.start].matches('\n').count();
            counted = tag.span.start;
            for (name, value) in &tag.attributes {
                let value = String::from_utf8_lossy(value).into_owned();
                match &name[..] {
                    b"href" | b"src" => page.links.push(Link { target: value, line }),
                    b"id" => drop(page.ids.insert(value)),
                    b"class" if **tag.name == *b"figure" && value == "listing" => {
                        page.listings += 1;
                    }
                    _ => {}
                }
            }
        }
        page.text = text;
        page
    }
}

fn build(folder: &Path) {
    let mdbook = mdbook::find();
    let mdbook =
        mdbook.expect("mdbook is not here; `cargo book build` gets it, then run this again");
    let output = Command::new(mdbook)
        .arg("build")
        .arg("--dest-dir")
        .arg(folder)
        .current_dir(root())
        .output()
        .expect("mdbook is here");
    let said = String::from_utf8_lossy(&output.stderr);
    let content = output.status.success() && !said.contains("WARN") && !said.contains("ERROR");
    assert!(content, "mdbook is not content with the book:\n{said}");
}

/// Directives that nothing has expanded, and listings that lost the name of their file on the way:
/// something else than our own preprocessor has put the code in.
pub fn check(built: &Built, book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (file, html) in &built.pages {
        for (index, line) in html.text.lines().enumerate() {
            if line.contains("{{#") {
                let reason = format!("a raw directive is left: {}", line.trim());
                let (page, line) = (file.clone(), index + 1);
                problems.push(Problem { page, line, reason });
            }
        }
    }
    for page in &book.pages {
        let file = page.name().with_extension("html");
        let named = built.pages.get(&file).map_or(0, |html| html.listings);
        let listings = Block::all(page).iter().filter(|it| it.is_listing()).count();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    #[test]
    fn listing_without_a_name_is_reported() {
        let page = "# A\n\n```rust\n{{#include ../src/lib.rs}}\n```\n";
        let (_folder, book) = fixture(&[("book/a.md", page)]);
        let built = Built::of(&[("a.html", "<figure class=\"listing\">")]);
        assert!(check(&built, &book).is_empty());
        let problems = reasons(&check(&Built::of(&[("a.html", "<pre>")]), &book));
        let expected = "book/a.md:1: 1 listings on the page, 0 with";
        assert!(problems[0].starts_with(expected), "{problems:?}");
    }

    #[test]
    fn raw_directive_is_reported() {
        let (_folder, book) = fixture(&[]);
        let built = Built::of(&[("a.html", "<p>\n{{#include ../src/lib.rs}}")]);
        let expected = ["a.html:2: a raw directive is left: {{#include ../src/lib.rs}}"];
        assert_eq!(reasons(&check(&built, &book)), expected);
    }
}
