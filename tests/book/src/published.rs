//! Pages that were published: each is still there, or its address leads on.

use crate::{Book, Problem};

/// The list, one page on a line.
pub const LIST: &str = "tests/book/published-pages.txt";

/// What is wrong with `list`, and with the redirects in `config`, which is book.toml.
pub fn check(book: &Book, list: &str, config: &str) -> Vec<Problem> {
    let published: Vec<&str> =
        list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let names = || book.pages.iter().map(|page| page.name().to_string_lossy());
    let mut problems = Vec::new();
    for page in &book.pages {
        if !published.contains(&&*page.name().to_string_lossy()) {
            problems.push(page.problem(1, format!("the page is not on the list {LIST}")));
        }
    }
    for name in published {
        let redirect = format!("\"/{}\" = ", name.replace(".md", ".html"));
        if !names().any(|page| page == name) && !config.contains(&redirect) {
            let reason = format!(
                "{name} was published and is gone: put {redirect}\"...\" under [output.html.redirect] in book.toml"
            );
            problems.push(book.summary.problem(1, reason));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    fn problems(list: &str, config: &str) -> Vec<String> {
        let (_folder, book) =
            fixture(&[("book/SUMMARY.md", "- [A](a.md)\n"), ("book/a.md", "# A\n")]);
        reasons(&check(&book, list, config))
    }

    #[test]
    fn pages_on_the_list_are_fine() {
        assert!(problems("# comment\n\na.md\n", "").is_empty());
    }

    #[test]
    fn page_that_is_not_on_the_list_is_reported() {
        let expected = ["book/a.md:1: the page is not on the list tests/book/published-pages.txt"];
        assert_eq!(problems("", ""), expected);
    }

    #[test]
    fn page_that_is_gone_needs_a_redirect() {
        let expected = [
            "book/SUMMARY.md:1: old.md was published and is gone: put \"/old.html\" = \"...\" under [output.html.redirect] in book.toml",
        ];
        assert_eq!(problems("a.md\nold.md\n", ""), expected);
        let config = "[output.html.redirect]\n\"/old.html\" = \"a.html\"\n";
        assert!(problems("a.md\nold.md\n", config).is_empty());
    }
}
