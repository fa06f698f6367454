//! Claims: what a page says of the kernel names the test that shows it.
//!
//! A name is the package, then what leads to the test, then the test:
//! `ch04-send::too_long_message_is_refused`, `sysv-mq::shutdown::no_message_is_lost`. Between the
//! two may stand the file in `tests/` or modules, as far as the page cares to give them.
//!
//! * Every table below a heading "What goes wrong" has a last column `Test`.
//! * Every cell in a column `Test`, in whatever table, names a test, or says
//!   `not reproduced: reason`.
//! * Every name of this form anywhere on a page is the name of a test that exists. (Of a package
//!   without a hyphen only in a column `Test`: `support::alone` is a function.)

use pulldown_cmark::Event;

use crate::listed::{Tests, is_surely_name};
use crate::ran::Log;
use crate::tables::Table;
use crate::{Book, Page, Problem};

const HEADING: &str = "What goes wrong";
const COLUMN: &str = "Test";
const EXCUSE: &str = "not reproduced: ";

/// What is wrong with the claims on any page. With `log`, the tests passed in that run.
pub fn check(book: &Book, tests: &Tests, log: Option<&Log>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in &book.pages {
        for (name, line) in names(page) {
            if let Err(reason) = tests.find(&name, log) {
                problems.push(page.problem(line, reason));
            }
        }
        for table in Table::all(page) {
            problems.extend(check_table(page, &table, tests, log));
        }
    }
    problems
}

fn check_table(page: &Page, table: &Table, tests: &Tests, log: Option<&Log>) -> Vec<Problem> {
    let head = &table.head;
    let mut problems = Vec::new();
    let column = head.cells.iter().position(|cell| cell.text == COLUMN);
    let is_last = column.is_some_and(|column| column + 1 == head.cells.len());
    if table.headings.iter().any(|it| it == HEADING) && !is_last {
        let reason = format!("a table under {HEADING:?} has a last column `{COLUMN}`");
        problems.push(page.problem(head.line, reason));
    }
    for row in &table.rows {
        let Some(cell) = column.and_then(|column| row.cells.get(column)) else {
            continue;
        };
        let is_name = |code: &&String| is_surely_name(code) || tests.is_name(code);
        let named: Vec<&String> = cell.codes.iter().filter(is_name).collect();
        let excused = cell.text.strip_prefix(EXCUSE).is_some_and(|why| !why.is_empty());
        if named.is_empty() && !excused {
            let reason = format!(
                "the row names no test: `PACKAGE::...::TEST`, or `{EXCUSE}` and why ({:?})",
                cell.text
            );
            problems.push(page.problem(row.line, reason));
        }
        // The others have been looked up, wherever they are on the page.
        for name in named.into_iter().filter(|name| !is_surely_name(name)) {
            if let Err(reason) = tests.find(name, log) {
                problems.push(page.problem(row.line, reason));
            }
        }
    }
    problems
}

/// How many times a page names a test.
pub fn count(book: &Book) -> usize {
    book.pages.iter().flat_map(names).count()
}

fn names(page: &Page) -> impl Iterator<Item = (String, usize)> + '_ {
    page.events().filter_map(|(event, line)| match event {
        Event::Code(code) if is_surely_name(&code) => Some((code.to_string(), line)),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};
    use crate::listed::tests::two_programs;

    fn problems(page: &str) -> Vec<String> {
        let (_folder, book) = fixture(&[("book/a.md", page)]);
        reasons(&check(&book, &two_programs(), None))
    }

    fn table(test: &str) -> String {
        format!("## What goes wrong\n\n| Errno | Test |\n|---|---|\n| `EAGAIN` | {test} |\n")
    }

    #[test]
    fn row_that_names_its_test_is_fine() {
        assert!(problems(&table("`ch04-send::full`")).is_empty());
        assert!(problems(&table("`ch04-send::limits::full`")).is_empty());
        assert!(problems(&table("not reproduced: it takes 32,000 queues")).is_empty());
    }

    #[test]
    fn test_that_does_not_exist_is_reported() {
        let expected = ["book/a.md:5: there is no test `ch04-send::empty`"];
        assert_eq!(problems(&table("`ch04-send::empty`")), expected);
        let told = problems(&table("`ch04-send::elsewhere::full`"));
        assert_eq!(told.len(), 1, "{told:?}");
    }

    #[test]
    fn row_without_a_test_is_reported() {
        let told = problems(&table("see above"));
        assert!(told[0].starts_with("book/a.md:5: the row names no test"), "{told:?}");
    }

    #[test]
    fn table_without_the_column_is_reported() {
        let page = "## What goes wrong\n\n| Errno | Cause |\n|---|---|\n| a | b |\n";
        let told = problems(page);
        assert!(told[0].ends_with("has a last column `Test`"), "{told:?}");
        assert!(problems(&page.replace("goes wrong", "goes well")).is_empty());
        let next = page.replace("\n\n|", "\n\n## Recap\n\n|");
        assert!(problems(&next).is_empty());
    }

    #[test]
    fn name_in_a_sentence_is_checked_too() {
        let told = problems("It waits (`ch04-send::it_waits`).\n");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(problems("A path like `ch04_send::Sender` is no test.\n").is_empty());
    }
}
