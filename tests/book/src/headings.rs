//! Headings: a page has one title, first, and below it no level is left out.

use pulldown_cmark::{Event, Tag};

use crate::{Book, Page, Problem};

/// What is wrong with the headings of any page.
pub fn check(book: &Book) -> Vec<Problem> {
    book.pages.iter().flat_map(check_page).collect()
}

fn check_page(page: &Page) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut last = 0;
    for (event, line) in page.events() {
        let Event::Start(Tag::Heading { level, .. }) = event else {
            continue;
        };
        let level = level as usize;
        if level == 1 && last > 0 {
            problems.push(page.problem(line, "a second title: one `#` a page, the rest `##`"));
        } else if level > last + 1 {
            let reason = if last == 0 {
                format!("the page begins with a heading of level {level}, not with its title")
            } else {
                format!("from heading level {last} to {level}: a level is left out")
            };
            problems.push(page.problem(line, reason));
        }
        last = level;
    }
    if last == 0 {
        problems.push(page.problem(1, "the page has no title"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    fn problems(page: &str) -> Vec<String> {
        let (_folder, book) = fixture(&[("book/a.md", page)]);
        reasons(&check(&book))
    }

    #[test]
    fn headings_in_order_are_fine() {
        assert!(problems("# A\n## B\n### C\n## D\n\n```sh\n# no heading\n```\n").is_empty());
    }

    #[test]
    fn level_left_out_is_reported() {
        let expected = ["book/a.md:3: from heading level 1 to 3: a level is left out"];
        assert_eq!(problems("# A\n\n### B\n"), expected);
    }

    #[test]
    fn second_title_is_reported() {
        let expected = ["book/a.md:2: a second title: one `#` a page, the rest `##`"];
        assert_eq!(problems("# A\n# B\n"), expected);
    }

    #[test]
    fn page_without_title_is_reported() {
        assert_eq!(problems("Text.\n"), ["book/a.md:1: the page has no title"]);
        let expected =
            ["book/a.md:1: the page begins with a heading of level 2, not with its title"];
        assert_eq!(problems("## A\n"), expected);
    }
}
