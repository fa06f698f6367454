//! Links and pictures of the built book: each leads somewhere.

use std::path::{Path, PathBuf};

use xtask::listings::path::resolve;

use crate::built::{Built, Link};
use crate::{Book, Page, Problem};

/// Dead links and missing pictures.
pub fn check(built: &Built, book: &Book) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (file, link) in within(built) {
        if let Err(reason) = follow(built, book, file, &link.target) {
            problems.push(problem(book, file, link, &reason));
        }
    }
    // mdBook links a picture to itself.
    problems.dedup();
    problems
}

/// Whether a link leads out of the book, to a host or a mailbox.
pub fn is_external(target: &str) -> bool {
    target.contains("://") || target.starts_with("//") || target.starts_with("mailto:")
}

/// A problem with a link of a built page: on the line of the Markdown that it comes from, if there
/// is one.
pub fn problem(book: &Book, file: &Path, link: &Link, reason: &str) -> Problem {
    let reason = format!("{}: {reason}", link.target);
    let written = link.target.replace(".html", ".md");
    let holds = |line: &str| line.contains(&written) || line.contains(&link.target);
    if let Some(page) = source(book, file)
        && let Some(index) = page.text.lines().position(holds)
    {
        return page.problem(index + 1, reason);
    }
    let (page, line) = (file.to_owned(), link.line);
    Problem { page, line, reason }
}

/// The page of Markdown that a built page is made of.
fn source<'b>(book: &'b Book, file: &Path) -> Option<&'b Page> {
    let mut pages = book.pages.iter();
    pages.find(|page| page.name().with_extension("html") == file)
}

/// The links within the book, and the page of each.
pub(crate) fn within(built: &Built) -> impl Iterator<Item = (&Path, &Link)> {
    built.pages.iter().flat_map(|(file, html)| {
        let links = html.links.iter().map(move |link| (file.as_path(), link));
        links.filter(|(_, link)| {
            let elsewhere = ["data:", "javascript:"];
            !is_external(&link.target) && !elsewhere.iter().any(|it| link.target.starts_with(it))
        })
    })
}

/// The file that a link leads to, from the top of the book.
pub(crate) fn leads_to(file: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['#', '?']).next().unwrap_or_default();
    match path.strip_prefix('/') {
        _ if path.is_empty() => Some(file.to_owned()),
        Some(path) => resolve(Path::new(""), path),
        None => resolve(file.parent().unwrap_or(Path::new("")), path),
    }
}

fn follow(built: &Built, book: &Book, file: &Path, target: &str) -> Result<(), String> {
    let there = leads_to(file, target)
        .ok_or("the link leads out of the book: nothing there is published")?;
    let there = if built.files.contains(&there) { there } else { there.join("index.html") };
    let shown = there.display();
    if !built.files.contains(&there) {
        let shown = shown.to_string();
        let shown = shown.trim_end_matches("/index.html");
        return Err(format!("there is no {shown} in the built book"));
    }
    let id = target.split_once('#').map_or("", |(_, id)| id);
    let page = built.pages.get(&there);
    if !id.is_empty() && !page.is_some_and(|page| page.ids.contains(id)) {
        return Err(format!("nothing in {shown} has the id {id}"));
    }
    // A link on a page of ours to another one.
    if source(book, &there).is_some()
        && source(book, file).is_some_and(|page| page.text.contains(&format!("({target})")))
        && there != file
    {
        return Err(
            "link to the .md file: mdBook makes .html of it, and knows if it is gone".into()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    /// What is wrong with a page of this Markdown, which has become this HTML.
    fn problems(markdown: &str, html: &str) -> Vec<String> {
        let (_folder, book) = fixture(&[("book/a.md", markdown), ("book/b.md", "# B\n")]);
        let b = "<h2 id=\"send\">Send</h2>";
        let built = [("a.html", html), ("b.html", b), ("part/index.html", ""), ("q.svg", "")];
        reasons(&check(&Built::of(&built), &book))
    }

    #[test]
    fn links_that_lead_somewhere_are_fine() {
        for target in [
            "b.html#send",
            "./b.html?x#send",
            "/b.html",
            "part/",
            "#here",
            "q.svg",
            "https://a.org/x",
        ] {
            let html = format!("<p id=here><a href=\"{target}\">b</a>");
            assert!(problems("# A\n", &html).is_empty(), "{target}");
        }
    }

    #[test]
    fn dead_link_is_reported_on_its_line_of_markdown() {
        let html = "<a href=\"c.html\">c</a>";
        let expected = ["book/a.md:3: c.html: there is no c.html in the built book"];
        assert_eq!(problems("# A\n\n[c](c.md)\n", html), expected);
        let expected = ["a.html:2: c.html: there is no c.html in the built book"];
        assert_eq!(problems("# A\n", &format!("<p>\n{html}")), expected);
    }

    #[test]
    fn dead_fragment_is_reported() {
        let html = "<a href='b.html#recv'>b</a>";
        let expected = ["book/a.md:1: b.html#recv: nothing in b.html has the id recv"];
        assert_eq!(problems("[b](b.md#recv)\n", html), expected);
    }

    #[test]
    fn missing_picture_is_reported() {
        let html = "<IMG alt=\"\" SRC = pictures/q.svg>";
        let expected =
            ["book/a.md:1: pictures/q.svg: there is no pictures/q.svg in the built book"];
        assert_eq!(problems("![q](pictures/q.svg)\n", html), expected);
    }

    #[test]
    fn link_out_of_the_book_is_reported() {
        let problems = problems("[code](../src/lib.rs)\n", "<a href=\"../src/lib.rs\">");
        assert!(problems[0].contains("leads out of the book"), "{problems:?}");
    }

    #[test]
    fn link_to_a_built_page_is_reported() {
        let problems = problems("[b](b.html#send)\n", "<a href=\"b.html#send\">");
        assert!(problems[0].contains("link to the .md file"), "{problems:?}");
    }
}
