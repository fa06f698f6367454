//! The exercises: those that a page names are there, and each that is there is on some page.

use std::fs;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::{Book, Page, Problem};

const FOLDER: &str = "practice/exercises";

/// What is wrong with the exercises on the pages.
///
/// # Panics
///
/// When the folder of the exercises cannot be read.
pub fn check(book: &Book) -> Vec<Problem> {
    let there = there(book);
    let mut named = Vec::new();
    let mut problems = Vec::new();
    for page in &book.pages {
        for (name, line) in on(page) {
            if !there.contains(&name) {
                let reason = format!("there is no exercise {name} in {FOLDER}");
                problems.push(page.problem(line, reason));
            }
            named.push(name);
        }
    }
    for name in there.iter().filter(|name| !named.contains(name)) {
        let reason = format!("no page names the exercise {name}");
        problems.push(book.summary.problem(1, reason));
    }
    problems
}

fn there(book: &Book) -> Vec<String> {
    let folder = book.root.join(FOLDER);
    let folders = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{FOLDER}: {error}"));
    let mut there = Vec::new();
    for chapter in folders {
        let chapter = chapter.expect("the folder can be read").path();
        for exercise in fs::read_dir(chapter).into_iter().flatten() {
            let exercise = exercise.expect("the folder can be read").path();
            let name = exercise.file_stem().unwrap_or_default().to_string_lossy();
            there.push(name.into_owned());
        }
    }
    there
}

/// The exercises that a page names: the code with which an item begins, in a list without numbers
/// under "Your turn".
fn on(page: &Page) -> Vec<(String, usize)> {
    let mut names = Vec::new();
    let (mut heading, mut in_heading) = (String::new(), false);
    let (mut in_bullets, mut item_begins) = (false, false);
    for (event, line) in page.events() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading.clear();
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Text(text) if in_heading => heading.push_str(&text),
            Event::Start(Tag::List(first)) => in_bullets = first.is_none(),
            Event::Start(Tag::Item) => item_begins = in_bullets,
            Event::Start(Tag::Paragraph) => {}
            Event::Code(code) if item_begins && heading == "Your turn" => {
                names.push((code.to_string(), line));
                item_begins = false;
            }
            _ => item_begins = false,
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, told};

    fn problems(page: &str) -> Vec<String> {
        let (_folder, book) = fixture(&[
            ("book/SUMMARY.md", "- [A](a.md)\n"),
            ("book/a.md", page),
            ("practice/exercises/01_a/key_shown.rs", ""),
        ]);
        told(&check(&book))
    }

    #[test]
    fn an_exercise_that_is_there_and_named_is_fine() {
        let page = "# A\n\n## Your turn\n\n1. `x` is a question.\n\n- `key_shown`: print a key.\n";
        assert!(problems(page).is_empty());
    }

    #[test]
    fn an_exercise_that_is_not_there_is_told() {
        let page = "# A\n\n## Your turn\n\n- `key_shown`: one.\n- `key_gone`: two.\n";
        let expected = ["book/a.md:6: there is no exercise key_gone in practice/exercises"];
        assert_eq!(problems(page), expected);
    }

    #[test]
    fn an_exercise_on_no_page_is_told() {
        let page = "# A\n\n## Recap\n\n- `key_shown` is no exercise here\n";
        let expected = ["book/SUMMARY.md:1: no page names the exercise key_shown"];
        assert_eq!(problems(page), expected);
    }
}
