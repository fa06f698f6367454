//! The glossary: each entry is linked from some page, where the term is used.

use std::path::Path;

use xtask::listings::glossary::{Glossary, PAGE};

use crate::built::Built;
use crate::{Book, Problem};

/// Entries whose terms no page uses.
pub fn unused(built: &Built, book: &Book) -> Vec<Problem> {
    let page = book.pages.iter().find(|page| page.name() == Path::new(PAGE));
    let Some(page) = page else {
        return vec![book.summary.problem(1, "there is no glossary")];
    };
    let (glossary, _) = Glossary::parse(&page.path, &page.text);
    let links: Vec<&str> =
        built.pages.values().flat_map(|html| &html.links).map(|link| &*link.target).collect();
    let is_linked = |id: &&String| links.contains(&&*format!("glossary.html#{id}"));
    let unused = glossary.ids.iter().filter(|id| !is_linked(id));
    unused.map(|id| page.problem(1, format!("no page uses the term `{id}`"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    #[test]
    fn term_that_no_page_uses_is_reported() {
        let entries = "**message queue**: A list.\n\n**key**: A number.\n";
        let (_folder, book) = fixture(&[("book/glossary.md", entries)]);
        let built = Built::of(&[("a.html", "<a href=\"glossary.html#key\">key</a>")]);
        let expected = ["book/glossary.md:1: no page uses the term `message-queue`"];
        assert_eq!(reasons(&unused(&built, &book)), expected);
    }
}
