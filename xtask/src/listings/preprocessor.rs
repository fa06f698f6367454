//! Speaks with mdBook: the book comes in as JSON on stdin, and goes out on stdout.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::errors::{Error, Result};
use mdbook_preprocessor::parse_input;

use super::{page, whole};

/// Expands the listings of the book on stdin.
///
/// # Errors
///
/// Lists everything that is wrong on any page, or says that stdin holds no book.
pub fn run() -> Result<()> {
    let (context, mut book) = parse_input(io::stdin().lock()).map_err(|_| {
        Error::msg("xtask listings: no book on stdin; mdbook starts this by itself (see book.toml)")
    })?;
    let source_dir = context.config.book.src;
    let mut problems = Vec::new();
    let mut files = BTreeSet::new();
    book.for_each_chapter_mut(|chapter| {
        let Some(path) = &chapter.source_path else {
            return;
        };
        let page = page::expand(&context.root, &source_dir.join(path), &chapter.content);
        files.extend(page.quotes.into_iter().map(|(file, _)| file));
        problems.extend(page.problems);
        chapter.content = page.markdown;
    });
    if !problems.is_empty() {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        return Err(Error::msg(format!(
            "no book is built:\n{}",
            lines.join("\n")
        )));
    }
    add_whole_files(&mut book, &context.root, &files)?;
    serde_json::to_writer(io::stdout().lock(), &book)?;
    Ok(())
}

fn add_whole_files(book: &mut Book, root: &Path, files: &BTreeSet<PathBuf>) -> Result<()> {
    let pages = whole::pages(root, files).map_err(Error::msg)?;
    book.push_item(BookItem::PartTitle("The code".into()));
    for page in pages {
        let mut chapter = Chapter::new(&page.name, page.markdown, page.path, Vec::new());
        // There is no such file to edit.
        chapter.source_path = None;
        book.push_item(chapter);
    }
    Ok(())
}
