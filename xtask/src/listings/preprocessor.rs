//! Speaks with mdBook: the book comes in as JSON on stdin, and goes out on stdout.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use mdbook_preprocessor::book::{Book, BookItem, Chapter};
use mdbook_preprocessor::errors::{Error, Result};
use mdbook_preprocessor::parse_input;

use super::glossary::{self, Glossary};
use super::{Problem, colour, description, page, paper, whole};

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
    let (glossary, mut problems) = glossary_of(&book, &source_dir);
    let is_offered = context.root.join(&source_dir).join(paper::FILE).exists();
    let mut files = BTreeSet::new();
    let mut scenes = BTreeMap::new();
    let mut sentences = BTreeMap::new();
    book.for_each_chapter_mut(|chapter| {
        let Some(path) = &chapter.source_path else {
            return;
        };
        let (name, path) = (path.display().to_string(), source_dir.join(path));
        let text = match description::take(&chapter.content) {
            Ok((sentence, text)) => {
                // mdBook makes index.html of the first page, once more.
                if sentences.is_empty() {
                    sentences.insert("index.md".to_owned(), sentence.clone());
                }
                sentences.insert(name, sentence);
                text
            }
            Err(reason) => {
                let (page, line) = (path, 1);
                return problems.push(Problem { page, line, reason });
            }
        };
        let text = paper::offer(&text, is_offered);
        let page = page::expand(&context.root, &path, &text);
        files.extend(page.quotes.into_iter().map(|(file, _)| file));
        problems.extend(page.problems);
        problems.extend(twice(&mut scenes, &path, page.scenes));
        chapter.content = match is_glossary(chapter) {
            true => glossary::anchored(&page.markdown),
            false => glossary.link(&page.markdown),
        };
    });
    if !problems.is_empty() {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        return Err(Error::msg(format!("no book is built:\n{}", lines.join("\n"))));
    }
    description::write(&context.root, &sentences)?;
    add_whole_files(&mut book, &context.root, &files)?;
    book.for_each_chapter_mut(|chapter| chapter.content = colour::page(&chapter.content));
    serde_json::to_writer(io::stdout().lock(), &book)?;
    Ok(())
}

fn is_glossary(chapter: &Chapter) -> bool {
    chapter.source_path.as_deref() == Some(Path::new(glossary::PAGE))
}

/// The terms that the glossary defines; none where the book has no such page.
fn glossary_of(book: &Book, source_dir: &Path) -> (Glossary, Vec<Problem>) {
    let page = book.chapters().find(|chapter| is_glossary(chapter));
    let entries = page.map_or("", |chapter| &chapter.content);
    Glossary::parse(&source_dir.join(glossary::PAGE), entries)
}

/// Scenes whose names another page has taken: print.html holds all pages at once.
fn twice(
    taken: &mut BTreeMap<String, PathBuf>,
    page: &Path,
    scenes: BTreeMap<String, usize>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, line) in scenes {
        if let Some(other) = taken.get(&id) {
            let (page, other) = (page.to_owned(), other.display());
            let reason = format!("{other} has a simulator block called `{id}` already");
            problems.push(Problem { page, line, reason });
        } else {
            taken.insert(id, page.to_owned());
        }
    }
    problems
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scene_has_its_name_alone_in_the_book() {
        let mut taken = BTreeMap::new();
        let scene = |line| BTreeMap::from([("wait".to_owned(), line)]);
        let first = twice(&mut taken, Path::new("book/send.md"), scene(7));
        assert_eq!(first, []);
        let again = twice(&mut taken, Path::new("book/receive.md"), scene(9));
        let told: Vec<String> = again.iter().map(ToString::to_string).collect();
        let expected =
            "book/receive.md:9: book/send.md has a simulator block called `wait` already";
        assert_eq!(told, [expected]);
    }
}
