//! The whole files behind the listings: one page of the book for each crate.
//!
//! Only files that some page quotes are shown, so these pages need no upkeep. They stand at the
//! end of the table of contents; search leaves them out (`output.html.search.chapter` in
//! book.toml), and what is on them is wrapped in `<div class="whole-files">`, so that a style
//! sheet can keep it off the printed book.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::source::Source;

/// The folder of these pages in the book.
pub const FOLDER: &str = "code";

/// A page with the whole of every quoted file of one crate.
#[derive(Debug)]
pub struct Page {
    /// The crate's folder in the repository.
    pub name: String,
    /// The page's path in the book's source folder, where there is no such file.
    pub path: PathBuf,
    /// Its Markdown.
    pub markdown: String,
}

/// Makes the pages for the quoted `files`, relative to the repository at `root`.
pub fn pages(root: &Path, files: &BTreeSet<PathBuf>) -> Result<Vec<Page>, String> {
    let mut by_crate: BTreeMap<PathBuf, Vec<&Path>> = BTreeMap::new();
    for file in files {
        by_crate.entry(home(file)).or_default().push(file);
    }
    let crates = by_crate.iter().map(|(home, files)| page(root, home, files));
    let mut pages: Vec<Page> = crates.collect::<Result<_, _>>()?;
    pages.insert(0, contents(&pages));
    Ok(pages)
}

/// The page in front of them. It is there even while no page quotes anything, so that book.toml
/// can name its folder.
fn contents(crates: &[Page]) -> Page {
    let mut markdown = "# Whole files\n\nThe files that the listings of this book are taken from, \
                        crate by crate.\n\n"
        .to_owned();
    for Page { name, path, .. } in crates {
        let link = path.strip_prefix(FOLDER).unwrap_or(path).display();
        markdown.push_str(&format!("- [`{name}`]({link})\n"));
    }
    Page {
        name: "Whole files".into(),
        path: Path::new(FOLDER).join("index.md"),
        markdown: wrapped(&markdown),
    }
}

/// The wrapper makes the pages known to a style sheet; the blank lines keep them Markdown.
fn wrapped(markdown: &str) -> String {
    format!("<div class=\"whole-files\">\n\n{markdown}\n</div>\n")
}

/// The link from a page to the place where the whole of `file` is; both relative to the repository.
pub fn link(page: &Path, file: &Path) -> String {
    let depth = page.components().count().saturating_sub(2);
    let up = "../".repeat(depth);
    format!("{up}{FOLDER}/{}.md#{}", home(file).display(), id(file))
}

fn page(root: &Path, home: &Path, files: &[&Path]) -> Result<Page, String> {
    let name = home.display().to_string();
    let mut markdown = format!("# {name}\n\nEvery file of `{name}` that the book quotes, whole.\n");
    for file in files {
        let text = fs::read_to_string(root.join(file))
            .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
        let code = Source::parse(&text).whole().join("\n");
        let shown = file.strip_prefix(home).unwrap_or(file).display();
        let (id, language) = (id(file), language(file));
        let ticks = fence_around(&code);
        markdown
            .push_str(&format!("\n## {shown} {{#{id}}}\n\n{ticks}{language}\n{code}\n{ticks}\n"));
    }
    Ok(Page {
        path: Path::new(FOLDER).join(home).with_extension("md"),
        name,
        markdown: wrapped(&markdown),
    })
}

/// The folder that stands for a file's crate: `chapters/04-send`, `src`, `tests`.
fn home(file: &Path) -> PathBuf {
    let depth = if file.starts_with("chapters") { 2 } else { 1 };
    file.components().take(depth).collect()
}

/// A heading's id: the file's path in characters that need no escape in an address.
fn id(file: &Path) -> String {
    let parts: Vec<String> = file
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(|part| part.as_os_str().to_string_lossy().replace('.', "-"))
        .collect();
    parts.join("-")
}

/// A fence longer than any row of backticks in the code.
fn fence_around(code: &str) -> String {
    let mut ticks = "```".to_owned();
    while code.contains(&ticks) {
        ticks.push('`');
    }
    ticks
}

fn language(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("rs") => "rust,ignore",
        Some("c" | "h") => "c",
        Some("toml") => "toml",
        Some("py") => "python",
        Some("pl") => "perl",
        Some("sh") => "sh",
        _ => "text",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_leads_to_its_file_from_any_depth() {
        let file = Path::new("chapters/04-send/src/lib.rs");
        let from_top = link(Path::new("book/send.md"), file);
        assert_eq!(from_top, "code/chapters/04-send.md#chapters-04-send-src-lib-rs");
        let from_below = link(Path::new("book/appendix/errno.md"), file);
        assert_eq!(from_below, format!("../{from_top}"));
    }

    #[test]
    fn files_are_gathered_by_crate() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let files =
            ["chapters/01-key-setup/src/lib.rs", "chapters/01-key-setup/src/main.rs", "src/lib.rs"];
        let files = files.iter().map(PathBuf::from).collect();
        let pages = pages(root, &files).unwrap();
        let paths: Vec<_> = pages.iter().map(|page| page.path.as_path()).collect();
        let expected = ["code/index.md", "code/chapters/01-key-setup.md", "code/src.md"];
        assert_eq!(paths, expected.map(Path::new));
        assert!(pages[0].markdown.contains("(chapters/01-key-setup.md)"));
        let heading = "## src/main.rs {#chapters-01-key-setup-src-main-rs}";
        assert!(pages[1].markdown.contains(heading));
        assert!(!pages[1].markdown.contains("ANCHOR:"));
    }
}
