use std::fs;

use super::*;

mod figures;

const LIB: &str = "use a;\n// ANCHOR: send\n    fn send() {\n        go()\n    }\n// ANCHOR_END: send\n\
                   // ANCHOR: more\nfn more() {}\n// ANCHOR_END: more\n";

/// A small repository with one page to expand.
pub(super) struct Repository(tempfile::TempDir);

impl Repository {
    pub(super) fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    pub(super) fn expand(&self, markdown: &str) -> Expanded {
        expand(self.0.path(), Path::new("book/send.md"), markdown)
    }

    /// The one thing wrong with the page.
    pub(super) fn problem(&self, markdown: &str) -> String {
        match self.expand(markdown).problems.as_slice() {
            [problem] => problem.to_string(),
            others => panic!("one problem expected, not {others:#?}"),
        }
    }
}

pub(super) fn one_crate() -> Repository {
    Repository::with(&[
        ("chapters/04-send/src/lib.rs", LIB),
        ("src/broken.rs", "x\n// ANCHOR: a\ny\n"),
        ("src/empty.rs", "\n"),
        ("src/long.rs", &"x\n".repeat(151)),
        ("book/SUMMARY.md", ""),
    ])
}

fn listing(directive: &str) -> String {
    format!("# Send\n\n```rust,ignore\n{{{{#include {directive}}}}}\n```\n")
}

#[test]
fn listing_gets_its_code_and_the_name_of_its_file() {
    let page = one_crate().expand(&listing("../chapters/04-send/src/lib.rs:send"));
    assert_eq!(page.problems, []);
    let expected = "# Send\n\n<figure class=\"listing\">\n\
        <figcaption><a href=\"code/chapters/04-send.md#chapters-04-send-src-lib-rs\">\
        <code>chapters/04-send/src/lib.rs</code></a></figcaption>\n\n\
        ```rust,ignore\nfn send() {\n    go()\n}\n```\n\n</figure>\n";
    assert_eq!(page.markdown, expected);
    let quote = ("chapters/04-send/src/lib.rs".into(), Some("send".into()));
    assert_eq!(page.quotes, BTreeSet::from([quote]));
}

#[test]
fn page_without_listings_stays_as_it_is() {
    let text = "# Send\n\nSome `{{` text.\n\n```text\n$ ls\n```\n";
    let page = one_crate().expand(text);
    assert_eq!((page.markdown.as_str(), page.problems.len()), (text, 0));
}

#[test]
fn listing_in_a_list_keeps_its_indentation() {
    let page = one_crate().expand(
        "1. First\n\n   ```rust\n   {{#include ../chapters/04-send/src/lib.rs:more}}\n   ```\n",
    );
    assert_eq!(page.problems, []);
    assert!(page.markdown.contains("\n   ```rust\n   fn more() {}\n   ```\n"));
    assert!(page.markdown.contains("\n   <figure"));
}

#[test]
fn two_anchors_of_one_file_make_one_listing() {
    let file = "../chapters/04-send/src/lib.rs";
    let page = one_crate().expand(&format!(
        "```rust\n{{{{#include {file}:send}}}}\n// ...\n{{{{#include {file}:more}}}}\n```\n"
    ));
    assert_eq!(page.problems, []);
    assert_eq!(page.quotes.len(), 2);
}

#[test]
fn output_of_a_program_carries_no_name() {
    let repository = Repository::with(&[("tests/scene.txt", "Server shutting down...\n")]);
    let page = repository.expand("```text\n{{#include ../tests/scene.txt}}\n```\n");
    assert_eq!(page.markdown, "```text\nServer shutting down...\n```\n");
}

#[cfg(unix)]
#[test]
fn symbolic_link_out_of_the_repository_is_refused() {
    let repository = one_crate();
    std::os::unix::fs::symlink("/etc/passwd", repository.0.path().join("book/p.rs")).unwrap();
    let problem = repository.problem(&listing("p.rs"));
    assert!(problem.contains("leads out of the repository"), "{problem}");
}

#[test]
fn picture_is_part_of_the_page() {
    let svg = "<svg>\n\n<title>A queue</title>\n</svg>\n";
    let repository = Repository::with(&[("book/pictures/queue.svg", svg)]);
    let page = repository.expand("<figure>\n{{#include pictures/queue.svg}}\n</figure>\n");
    assert_eq!(page.problems, []);
    let expected = "<figure>\n<svg>\n<title>A queue</title>\n</svg>\n</figure>\n";
    assert_eq!(page.markdown, expected);
    assert!(page.quotes.is_empty());
    let problem = repository.problem("{{#include pictures/q.svg}}\n");
    assert!(problem.contains("there is no file book/pictures/q.svg"), "{problem}");
}

#[test]
fn text_is_part_of_the_page() {
    let table = "| a |\n| --- |\n| b[^c] |\n\n[^c]: d\n";
    let repository = Repository::with(&[("chapters/13/table.md", table)]);
    let page = repository.expand("Before:\n\n{{#include ../chapters/13/table.md}}\n\nAfter.\n");
    assert_eq!(page.problems, []);
    assert_eq!(page.markdown, format!("Before:\n\n{table}\nAfter.\n"));
    let problem = repository.problem("{{#include ../chapters/13/tables.md}}\n");
    assert!(problem.contains("there is no file chapters/13/tables.md"), "{problem}");
}

#[test]
fn last_blank_line_of_a_session_is_not_shown() {
    let page = one_crate().expand("```console\n$ ipcs -q\nqueue 0\n\n```\n");
    assert_eq!(page.markdown, "```console\n$ ipcs -q\nqueue 0\n```\n");
}

/// What an include names, and why that is refused.
const WRONG: &[(&str, &str)] = &[
    (
        "../chapters/04-send/src/lib.rs:sent",
        "no anchor `sent` in chapters/04-send/src/lib.rs, which has: more, send",
    ),
    ("../src/bil.rs:send", "there is no file src/bil.rs"),
    ("../src/broken.rs:a", "src/broken.rs:2: anchor `a` is never closed"),
    ("../../etc/passwd", "leads out of the repository"),
    ("/etc/passwd", "leads out of the repository"),
    ("../chapters/04-send/src/lib.rs:2:3", "line numbers drift"),
    ("../src/long.rs", "src/long.rs has 151 lines; over 150"),
    ("../src/empty.rs", "src/empty.rs is empty"),
];

#[test]
fn wrong_include_is_refused_with_its_line_and_reason() {
    for (directive, reason) in WRONG {
        let problem = one_crate().problem(&listing(directive));
        assert!(problem.contains(reason), "{directive}: {problem}");
        let place = format!("book/send.md:4: {{{{#include {directive}}}}}: ");
        assert!(problem.starts_with(&place), "{directive}: {problem}");
    }
}

/// A page, and why it is refused.
const WRONG_PAGES: &[(&str, &str)] = &[
    (
        "```rust\nlet x = 1;\n{{#include ../chapters/04-send/src/lib.rs:send}}\n```\n",
        "book/send.md:4: a listing mixes included and handwritten lines",
    ),
    (
        "{{#include ../chapters/04-send/src/lib.rs:send}}\n",
        "book/send.md:1: code is included in a code block; only a picture, text, or a figure",
    ),
    ("See {{#include pictures/a.svg}}.\n", "only a picture, text, or a figure of a .txt file"),
    ("```rust\n{{#rustdoc_include a.rs}}\n```\n", "only {{#include PATH:ANCHOR}}"),
    ("# Send\n\n```rust\nfn x() {}\n", "the page ends inside a code block"),
];

#[test]
fn wrong_page_is_refused_with_its_reason() {
    for (page, reason) in WRONG_PAGES {
        let problem = one_crate().problem(page);
        assert!(problem.contains(reason), "{page}: {problem}");
    }
}
