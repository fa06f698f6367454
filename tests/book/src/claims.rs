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

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::tests_there::Tests;
use crate::{Book, Page, Problem};

const HEADING: &str = "What goes wrong";
const COLUMN: &str = "Test";
const EXCUSE: &str = "not reproduced: ";

/// What is wrong with the claims on any page.
pub fn check(book: &Book, tests: &Tests) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in &book.pages {
        let mut reader = Reader::new(page, tests);
        for (event, line) in page.events() {
            reader.read(&event, line);
        }
        problems.extend(reader.problems);
    }
    problems
}

/// Names of tests on any page that did not pass in the run of `cargo test` that printed `log`.
pub fn check_ran(book: &Book, tests: &Tests, log: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for page in &book.pages {
        for (name, line) in names(page, tests) {
            if let Err(reason) = Tests::ran(&name, log) {
                problems.push(page.problem(line, reason));
            }
        }
    }
    problems
}

/// How many times a page names a test.
pub fn count(book: &Book, tests: &Tests) -> usize {
    let names = |page| names(page, tests).count();
    book.pages.iter().map(names).sum()
}

fn names<'a>(page: &'a Page, tests: &'a Tests) -> impl Iterator<Item = (String, usize)> + 'a {
    page.events().filter_map(|(event, line)| match event {
        Event::Code(code) if tests.is_surely_name(&code) => Some((code.to_string(), line)),
        _ => None,
    })
}

/// Where in a page the reader is.
struct Reader<'a> {
    page: &'a Page,
    tests: &'a Tests,
    problems: Vec<Problem>,
    /// The text of the heading, while inside of one.
    heading: Option<String>,
    /// The level of the heading that asks for the column, while below it.
    wanted_below: Option<usize>,
    level: usize,
    in_head: bool,
    column: usize,
    test_column: Option<usize>,
    columns: usize,
    cell: String,
    named: bool,
}

impl<'a> Reader<'a> {
    fn new(page: &'a Page, tests: &'a Tests) -> Self {
        Self {
            page,
            tests,
            problems: Vec::new(),
            heading: None,
            wanted_below: None,
            level: 0,
            in_head: false,
            column: 0,
            test_column: None,
            columns: 0,
            cell: String::new(),
            named: false,
        }
    }

    fn read(&mut self, event: &Event<'_>, line: usize) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.level = *level as usize;
                self.heading = Some(String::new());
            }
            Event::End(TagEnd::Heading(_)) => self.below_heading(),
            Event::Start(Tag::Table(_)) | Event::End(TagEnd::Table) => self.test_column = None,
            Event::Start(Tag::TableHead) => (self.in_head, self.column) = (true, 0),
            Event::Start(Tag::TableRow) => self.column = 0,
            Event::Start(Tag::TableCell) => (self.cell, self.named) = (String::new(), false),
            Event::End(TagEnd::TableCell) => self.end_of_cell(line),
            Event::End(TagEnd::TableHead) => self.end_of_head(line),
            Event::Code(code) => self.code(code, line),
            Event::Text(text) => self.text(text),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.cell.push_str(text);
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
    }

    fn below_heading(&mut self) {
        let heading = self.heading.take().unwrap_or_default();
        if heading.trim() == HEADING {
            self.wanted_below = Some(self.level);
        } else if self.wanted_below.is_some_and(|level| self.level <= level) {
            self.wanted_below = None;
        }
    }

    fn code(&mut self, code: &str, line: usize) {
        self.text(code);
        let in_column = !self.in_head && self.test_column == Some(self.column);
        if self.tests.is_surely_name(code) || in_column && self.tests.is_name(code) {
            self.named = true;
            if let Err(reason) = self.tests.find(code) {
                self.problems.push(self.page.problem(line, reason));
            }
        }
    }

    fn end_of_cell(&mut self, line: usize) {
        let cell = self.cell.trim();
        if self.in_head && cell == COLUMN {
            self.test_column = Some(self.column);
        } else if !self.in_head && self.test_column == Some(self.column) {
            let excused = cell.strip_prefix(EXCUSE).is_some_and(|why| !why.is_empty());
            if !self.named && !excused {
                let reason = format!(
                    "the row names no test: `PACKAGE::...::TEST`, or `{EXCUSE}` and why ({cell:?})"
                );
                self.problems.push(self.page.problem(line, reason));
            }
        }
        self.column += 1;
    }

    fn end_of_head(&mut self, line: usize) {
        self.in_head = false;
        self.columns = self.column;
        let last = self.test_column.map(|column| column + 1);
        if self.wanted_below.is_some() && last != Some(self.columns) {
            let reason = format!("a table under {HEADING:?} has a last column `{COLUMN}`");
            self.problems.push(self.page.problem(line, reason));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, told};

    const MANIFEST: &str = "[package]\nname = \"ch04-send\"\n";
    const CODE: &str = "#[test]\nfn full_queue_says_so() {}\n";

    fn problems(page: &str) -> Vec<String> {
        let (_folder, book) = fixture(&[
            ("book/a.md", page),
            ("chapters/04-send/Cargo.toml", MANIFEST),
            ("chapters/04-send/tests/limits.rs", CODE),
        ]);
        told(&check(&book, &Tests::of(&book.root)))
    }

    fn table(test: &str) -> String {
        format!("## What goes wrong\n\n| Errno | Test |\n|---|---|\n| `EAGAIN` | {test} |\n")
    }

    #[test]
    fn a_row_that_names_its_test_is_fine() {
        assert!(problems(&table("`ch04-send::full_queue_says_so`")).is_empty());
        assert!(problems(&table("`ch04-send::limits::full_queue_says_so`")).is_empty());
        assert!(problems(&table("not reproduced: it takes 32,000 queues")).is_empty());
    }

    #[test]
    fn a_test_that_is_not_there_is_told() {
        let expected = [
            "book/a.md:5: there is no test `ch04-send::full_queue_says_no`: \
             ch04-send has none of that name",
        ];
        assert_eq!(
            problems(&table("`ch04-send::full_queue_says_no`")),
            expected
        );
        let told = problems(&table("`ch04-send::elsewhere::full_queue_says_so`"));
        assert!(
            told[0].contains("none of that name in `elsewhere`"),
            "{told:?}"
        );
    }

    #[test]
    fn a_row_without_a_test_is_told() {
        let told = problems(&table("see above"));
        assert!(
            told[0].starts_with("book/a.md:5: the row names no test"),
            "{told:?}"
        );
    }

    #[test]
    fn a_table_without_the_column_is_told() {
        let page = "## What goes wrong\n\n| Errno | Cause |\n|---|---|\n| a | b |\n";
        let told = problems(page);
        assert!(told[0].ends_with("has a last column `Test`"), "{told:?}");
        assert!(problems(&page.replace("goes wrong", "goes well")).is_empty());
        let next = page.replace("\n\n|", "\n\n## Recap\n\n|");
        assert!(problems(&next).is_empty());
    }

    #[test]
    fn a_name_in_a_sentence_is_checked_too() {
        let told = problems("It waits (`ch04-send::it_waits`).\n");
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(problems("A path like `ch04_send::Sender` is no test.\n").is_empty());
    }
}
