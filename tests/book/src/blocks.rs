//! Code blocks: each says its language and where its content comes from.
//!
//! * A Rust or C block either includes its code, or says above itself why it does not:
//!   `<!-- not compiled: reason -->`.
//! * A `console` block is a session that is run: commands begin with `$ `. One that cannot be run
//!   is `console,ignore` and says why: `<!-- not run: reason -->`.
//! * Nothing else begins with `$ `: a reader who copies it should not have to wonder.

use crate::block::Block;
use crate::command::{self, Command};
use crate::{Book, Page, Problem};

/// What is wrong with the code blocks of any page.
pub fn check(book: &Book) -> Vec<Problem> {
    let blocks = |page| Block::all(page).into_iter().map(move |block| (page, block));
    let all = book.pages.iter().flat_map(blocks);
    all.flat_map(|(page, block)| check_block(page, &block)).collect()
}

fn check_block(page: &Page, block: &Block) -> Vec<Problem> {
    let problem = |reason: &str| vec![page.problem(block.line, reason)];
    match block.language() {
        "" => problem("a code block without a language: say ```text if it has none"),
        "console" if block.is_ignored() => match reason(page, block, "not run") {
            Some(_) => Vec::new(),
            None => {
                problem("a session that is not run says why: <!-- not run: reason --> above it")
            }
        },
        "console" => check_session(page, block),
        _ if block.lines.iter().any(|line| line.starts_with("$ ")) => {
            problem("only ```console blocks have lines that begin with `$ `")
        }
        "rust" | "c" if !block.includes() && reason(page, block, "not compiled").is_none() => {
            problem(
                "code that no test compiles: include it from a file, or say why not: \
                 <!-- not compiled: reason --> above it",
            )
        }
        _ => Vec::new(),
    }
}

/// What keeps a session from being run as it stands. `trycmd` itself passes over all of it.
fn check_session(page: &Page, block: &Block) -> Vec<Problem> {
    let mut problems = Vec::new();
    let opening = page.text.lines().nth(block.line - 1).unwrap_or_default();
    if !opening.starts_with("```") {
        let reason = "a session has to begin at the left margin, or it is not run";
        problems.push(page.problem(block.line, reason));
    }
    if !block.lines.first().is_some_and(|line| line.starts_with("$ ")) {
        let reason = "a session begins with a command: `$ ` and what is typed";
        problems.push(page.problem(block.line + 1, reason));
    }
    for (index, line) in block.lines.iter().enumerate() {
        let line_number = block.line + 1 + index;
        if let Some(typed) = line.strip_prefix("$ ") {
            if let Err(reason) = Command::parse(typed) {
                problems.push(page.problem(line_number, reason));
            }
        } else if line.starts_with('$') {
            let reason = "a command begins with `$` and one space";
            problems.push(page.problem(line_number, reason));
        }
    }
    problems
}

/// The reason given in a comment right above the block, as in `<!-- not run: it never ends -->`.
fn reason<'p>(page: &'p Page, block: &Block, word: &str) -> Option<&'p str> {
    let comment = page.line_above(block.line)?.trim();
    let comment = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let reason = comment.strip_prefix(word)?.strip_prefix(':')?.trim();
    (!reason.is_empty()).then_some(reason)
}

/// How many sessions the pages hold, and how many commands in them.
pub fn count_sessions(book: &Book) -> (usize, usize) {
    let blocks = book.pages.iter().flat_map(Block::all);
    let sessions: Vec<Block> = blocks.filter(Block::is_session).collect();
    let commands = sessions.iter().flat_map(command::in_block).count();
    (sessions.len(), commands)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{fixture, reasons};

    fn problems(page: &str) -> Vec<String> {
        let (_folder, book) = fixture(&[("book/a.md", page)]);
        reasons(&check(&book))
    }

    #[track_caller]
    fn one(page: &str, expected: &str) {
        match problems(page).as_slice() {
            [problem] => assert!(problem.contains(expected), "{problem}"),
            others => panic!("one problem expected, not {others:?}"),
        }
    }

    #[test]
    fn blocks_that_say_what_they_are_are_fine() {
        let page = "```text\nhello\n```\n\n```console\n$ ipcs -q\n\n0x1 0\n$ ipcrm -q 0\n```\n";
        assert!(problems(page).is_empty());
    }

    #[test]
    fn block_without_a_language_is_reported() {
        one("```\nhello\n```\n", "book/a.md:1: a code block without a language");
        one("Text\n\n    indented\n", "a code block without a language");
    }

    #[test]
    fn rust_that_nobody_compiles_is_reported() {
        one("Text\n\n```rust\nfn f() {}\n```\n", "book/a.md:3: code that no test compiles");
        let excused = "<!-- not compiled: a prototype -->\n\n```c\nint f(void);\n```\n";
        assert!(problems(excused).is_empty());
        one("<!-- not compiled: -->\n```c\nint f(void);\n```\n", "code that no test compiles");
    }

    #[test]
    fn unrun_session_without_a_reason_is_reported() {
        one("```console,ignore\n$ reboot\n```\n", "says why: <!-- not run: reason -->");
        let excused = "<!-- not run: it ends the day -->\n```console,ignore\n$ reboot\n```\n";
        assert!(problems(excused).is_empty());
    }

    #[test]
    fn session_that_does_not_begin_with_a_command_is_reported() {
        one("```console\nhello\n$ ipcs -q\n```\n", "book/a.md:2: a session begins with a command");
    }

    #[test]
    fn indented_session_is_reported() {
        one("1. A\n\n   ```console\n   $ ipcs -q\n   ```\n", "at the left margin");
    }

    #[test]
    fn dollar_elsewhere_is_reported() {
        one("```sh\n$ ls\n```\n", "only ```console blocks");
        one("```console\n$ ipcs -q\n$x\n```\n", "book/a.md:3: a command begins with `$` and one");
    }

    #[test]
    fn command_that_would_not_be_run_is_reported() {
        one("```console\n$ ls\n```\n", "book/a.md:2: `ls` is not run here");
    }
}
