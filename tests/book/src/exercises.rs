//! The exercises: those that a page tests are there, and each that is there is tested on some page,
//! so that a reader sees how it fails at first.

use std::fs;

use crate::block::Block;
use crate::command::{in_block, tested};
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
        let reason = format!("no page tests the exercise {name}");
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

/// The exercises that a page tests in a terminal session, and the line of each.
fn on(page: &Page) -> Vec<(String, usize)> {
    let mut names = Vec::new();
    for block in Block::all(page).iter().filter(|block| block.is_session()) {
        for command in in_block(block) {
            // The solution of an exercise is a program too, and a page may show that it passes.
            if let Some(name) = tested(&command) {
                let name = name.strip_suffix("_sol").unwrap_or(name);
                names.push((name.to_owned(), block.line));
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    fn problems(page: &str) -> Vec<String> {
        let (_folder, book) = fixture(&[
            ("book/SUMMARY.md", "- [A](a.md)\n"),
            ("book/a.md", page),
            ("practice/exercises/01_a/key_shown.rs", ""),
        ]);
        reasons(&check(&book))
    }

    fn session(name: &str) -> String {
        format!("# A\n\n```console\n$ cargo test -q --bin {name}\n? 101\n...\n```\n")
    }

    #[test]
    fn exercise_on_a_page_is_accepted() {
        assert!(problems(&session("key_shown")).is_empty());
    }

    #[test]
    fn missing_exercise_is_reported() {
        let page = session("key_shown") + &session("key_gone");
        let expected = ["book/a.md:10: there is no exercise key_gone in practice/exercises"];
        assert_eq!(problems(&page), expected);
    }

    #[test]
    fn exercise_on_no_page_is_reported() {
        let page = "# A\n\n- `key_shown` is named, and not tested\n";
        let expected = ["book/SUMMARY.md:1: no page tests the exercise key_shown"];
        assert_eq!(problems(page), expected);
    }
}
