//! The pages, read from the repository.

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::Event;
use xtask::listings::markdown;

use crate::Problem;

/// The folder of the pages in the repository: `src` in book.toml.
pub const FOLDER: &str = "book";

/// The book as it is in a repository.
#[derive(Debug)]
pub struct Book {
    /// The repository.
    pub root: PathBuf,
    /// Every Markdown file of the book but SUMMARY.md, in alphabetical order.
    pub pages: Vec<Page>,
    /// The table of contents.
    pub summary: Page,
}

/// One Markdown file.
#[derive(Debug)]
pub struct Page {
    /// Its path, relative to the repository.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

impl Book {
    /// Reads the book of this repository.
    pub fn here() -> Self {
        Self::read(root())
    }

    /// Reads the book of the repository at `root`.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn read(root: &Path) -> Self {
        let is_page = |file: &PathBuf| file.extension().is_some_and(|it| it == "md");
        let page = |path: PathBuf| Page { text: read(&root.join(&path)), path };
        let files = files(root, &root.join(FOLDER)).into_iter();
        let mut pages: Vec<Page> = files.filter(is_page).map(page).collect();
        let summary = Path::new(FOLDER).join("SUMMARY.md");
        let index = pages
            .iter()
            .position(|page| page.path == summary)
            .unwrap_or_else(|| panic!("{}: there is no such file", summary.display()));
        let summary = pages.remove(index);
        Self { root: root.to_owned(), pages, summary }
    }
}

impl Page {
    /// Its path in the book: what a link from the top of the book calls it.
    pub fn name(&self) -> &Path {
        self.path.strip_prefix(FOLDER).unwrap_or(&self.path)
    }

    /// The page as mdBook parses it, with the line on which each event begins.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, usize)> {
        markdown::events(&self.text).map(|(event, range)| (event, self.line_of(range.start)))
    }

    /// A problem on this page.
    pub fn problem(&self, line: usize, reason: impl Into<String>) -> Problem {
        Problem { page: self.path.clone(), line, reason: reason.into() }
    }

    /// The last line above `line` that is not blank.
    pub fn line_above(&self, line: usize) -> Option<&str> {
        let above: Vec<&str> = self.text.lines().take(line - 1).collect();
        above.into_iter().rev().find(|text| !text.trim().is_empty())
    }

    fn line_of(&self, offset: usize) -> usize {
        1 + self.text[..offset].matches('\n').count()
    }
}

/// The repository that these tests are in.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The files below `folder`, relative to `root`, in alphabetical order. Build output is left out.
pub fn files(root: &Path, folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.retain(|path| !path.ends_with("target") && !path.ends_with("node_modules"));
    paths.sort();
    let below = |path: PathBuf| match path.is_dir() {
        true => files(root, &path),
        false => vec![path.strip_prefix(root).unwrap_or(&path).to_owned()],
    };
    paths.into_iter().flat_map(below).collect()
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A small repository for the unit tests of a check.
#[cfg(test)]
pub(crate) fn fixture(files: &[(&str, &str)]) -> (tempfile::TempDir, Book) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [("book/SUMMARY.md", "# Summary\n")].iter().chain(files) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let book = Book::read(folder.path());
    (folder, book)
}

/// What a check says about a book, as a person would read it.
#[cfg(test)]
pub(crate) fn reasons(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}
