//! Pictures: each is shown on some page.

use std::collections::BTreeSet;
use std::path::Path;

use xtask::listings::page::expand;

use crate::book::{FOLDER, files};
use crate::built::Built;
use crate::links::{leads_to, within};
use crate::{Book, Problem};

/// Pictures that no page shows.
pub fn unused(built: &Built, book: &Book) -> Vec<Problem> {
    let mut used = BTreeSet::new();
    for page in &book.pages {
        used.extend(expand(&book.root, &page.path, &page.text).pictures);
    }
    let shown = within(built).filter_map(|(file, link)| leads_to(file, &link.target));
    used.extend(shown.map(|file| Path::new(FOLDER).join(file)));
    let pictures = files(&book.root, &book.root.join(FOLDER).join("pictures"));
    let unused = pictures.into_iter().filter(|file| !used.contains(file));
    let problem = |page| Problem { page, line: 1, reason: "no page shows this picture".to_owned() };
    unused.map(problem).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    #[test]
    fn picture_that_no_page_shows_is_reported() {
        let page = "# A\n\n{{#include pictures/a.svg}}\n\n![b](pictures/b.svg)\n";
        let (_folder, book) = fixture(&[
            ("book/a.md", page),
            ("book/pictures/a.svg", "<svg/>"),
            ("book/pictures/b.svg", "<svg/>"),
            ("book/pictures/c.svg", "<svg/>"),
        ]);
        let built = Built::of(&[("a.html", "<img src=\"pictures/b.svg\">")]);
        let expected = ["book/pictures/c.svg:1: no page shows this picture"];
        assert_eq!(reasons(&unused(&built, &book)), expected);
    }
}
