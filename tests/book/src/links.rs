//! Links and pictures: those within the book lead somewhere, those out of it are on a list.
//!
//! The list, `tests/book/external-links.txt`, has one line for each address: the address, then the
//! day on which somebody last saw it answer, or `not checked`. The tests do not use the network:
//! they would fail on somebody else's bad day.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{Book, Page, Problem};

/// Where the list is, relative to the repository.
pub const LIST: &str = "tests/book/external-links.txt";

/// A link or a picture on a page.
#[derive(Debug)]
pub struct Link {
    /// What it leads to, as it stands on the page.
    pub target: String,
    /// The line on the page.
    pub line: usize,
}

/// The links and pictures of a page, those in HTML too.
pub fn all(page: &Page) -> Vec<Link> {
    let mut links = Vec::new();
    for (event, line) in page.events() {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let target = dest_url.to_string();
                links.push(Link { target, line });
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                for name in ["href", "src"] {
                    let targets = attributes(&html, name);
                    links.extend(targets.map(|target| Link { target, line }));
                }
            }
            _ => {}
        }
    }
    links
}

/// Dead links and pictures within the book.
pub fn check(book: &Book) -> Vec<Problem> {
    let ids: BTreeMap<&Path, Vec<String>> = book
        .pages
        .iter()
        .map(|page| (page.name(), ids(page)))
        .collect();
    let mut problems = Vec::new();
    for page in &book.pages {
        for Link { target, line } in all(page) {
            if is_external(&target) {
                continue;
            }
            if let Err(reason) = follow(book, page, &target, &ids) {
                problems.push(page.problem(line, format!("{target}: {reason}")));
            }
        }
    }
    problems
}

/// Whether a link leads out of the book, to a host or a mailbox.
pub fn is_external(target: &str) -> bool {
    target.contains("://") || target.starts_with("//") || target.starts_with("mailto:")
}

fn follow(
    book: &Book,
    page: &Page,
    target: &str,
    ids: &BTreeMap<&Path, Vec<String>>,
) -> Result<(), String> {
    let (path, id) = match target.split_once('#') {
        Some((path, id)) => (path, Some(id)),
        None => (target, None),
    };
    let file = if path.is_empty() {
        page.name().to_owned()
    } else {
        within_book(page.name(), path)?
    };
    // The pages with the whole files and the printed book are made by the build.
    let made = file.starts_with(xtask::listings::whole::FOLDER) || file == Path::new("print.html");
    if made {
        return Ok(());
    }
    if file
        .extension()
        .is_some_and(|extension| extension == "html")
    {
        return Err(
            "link to the .md file: mdBook makes .html of it, and knows if it is gone".into(),
        );
    }
    let Some(ids) = ids.get(file.as_path()) else {
        let there = book.root.join(crate::book::FOLDER).join(&file).is_file();
        return match (there, id) {
            (true, None) => Ok(()),
            (true, Some(_)) => Err("only a page can be linked to by a #fragment".into()),
            (false, _) => Err(format!("there is no {} in the book", file.display())),
        };
    };
    match id {
        Some(id) if !ids.iter().any(|it| it == id) => {
            Err(format!("{} has no heading #{id}", file.display()))
        }
        _ => Ok(()),
    }
}

/// A link's path, from the top of the book.
fn within_book(from: &Path, path: &str) -> Result<PathBuf, String> {
    let mut file = from.parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(path).components() {
        let inside = match part {
            Component::Normal(name) => {
                file.push(name);
                true
            }
            Component::CurDir => true,
            Component::ParentDir => file.pop(),
            Component::RootDir | Component::Prefix(_) => false,
        };
        if !inside {
            return Err("the link leads out of the book: nothing there is published".into());
        }
    }
    Ok(file)
}

/// What a `#fragment` can lead to on a page: its headings, as mdBook names them, and ids in HTML.
fn ids(page: &Page) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut heading: Option<(Option<String>, String)> = None;
    for (event, _) in page.events() {
        match event {
            Event::Start(Tag::Heading { id, .. }) => {
                heading = Some((id.map(|id| id.to_string()), String::new()));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, content)) = &mut heading {
                    content.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((id, content)) = heading.take() {
                    let id = id.unwrap_or_else(|| id_of(&content));
                    let again = ids.iter().filter(|it| **it == id).count();
                    // A second heading of the same name gets a number.
                    let numbered = format!("{id}-{again}");
                    ids.push(id);
                    if again > 0 {
                        ids.push(numbered);
                    }
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => ids.extend(attributes(&html, "id")),
            _ => {}
        }
    }
    ids
}

fn id_of(heading: &str) -> String {
    let lower = heading.trim().to_lowercase();
    let characters = lower.chars().filter_map(|c| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        _ => None,
    });
    characters.collect()
}

/// The values of an attribute in a piece of HTML.
pub fn attributes<'h>(html: &'h str, name: &str) -> impl Iterator<Item = String> + 'h {
    let opening = format!(" {name}=\"");
    let values: Vec<String> = html
        .split(&opening)
        .skip(1)
        .filter_map(|rest| rest.split_once('"'))
        .map(|(value, _)| value.replace("&amp;", "&"))
        .collect();
    values.into_iter()
}

#[cfg(test)]
mod tests;
