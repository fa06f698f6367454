use super::*;

const LIB: &str = "use a;\n// ANCHOR: send\n    fn send() {\n        go()\n    }\n// ANCHOR_END: send\n\
                   // ANCHOR: more\nfn more() {}\n// ANCHOR_END: more\n";

/// A small repository with one page to expand.
struct Repository(tempfile::TempDir);

impl Repository {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    fn expand(&self, markdown: &str) -> Expanded {
        expand(self.0.path(), Path::new("book/send.md"), markdown)
    }

    /// The one thing wrong with the page.
    fn problem(&self, markdown: &str) -> String {
        match self.expand(markdown).problems.as_slice() {
            [problem] => problem.to_string(),
            others => panic!("one problem expected, not {others:#?}"),
        }
    }
}

fn one_crate() -> Repository {
    Repository::with(&[
        ("chapters/04-send/src/lib.rs", LIB),
        ("book/SUMMARY.md", ""),
    ])
}

fn listing(directive: &str) -> String {
    format!("# Send\n\n```rust,ignore\n{{{{#include {directive}}}}}\n```\n")
}

#[test]
fn a_listing_gets_its_code_and_the_name_of_its_file() {
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
fn a_page_without_listings_stays_as_it_is() {
    let text = "# Send\n\nSome `{{` text.\n\n```text\n$ ls\n```\n";
    let page = one_crate().expand(text);
    assert_eq!((page.markdown.as_str(), page.problems.len()), (text, 0));
}

#[test]
fn a_listing_in_a_list_keeps_its_indentation() {
    let page = one_crate().expand(
        "1. First\n\n   ```rust\n   {{#include ../chapters/04-send/src/lib.rs:more}}\n   ```\n",
    );
    assert_eq!(page.problems, []);
    assert!(
        page.markdown
            .contains("\n   ```rust\n   fn more() {}\n   ```\n")
    );
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
fn what_a_program_printed_carries_no_name() {
    let repository = Repository::with(&[("tests/scene.txt", "Server shutting down...\n")]);
    let page = repository.expand("```text\n{{#include ../tests/scene.txt}}\n```\n");
    assert_eq!(page.markdown, "```text\nServer shutting down...\n```\n");
}

#[test]
fn a_missing_anchor_is_told_with_those_that_are_there() {
    let problem = one_crate().problem(&listing("../chapters/04-send/src/lib.rs:sent"));
    let expected = "book/send.md:4: {{#include ../chapters/04-send/src/lib.rs:sent}}: \
        no anchor `sent` in chapters/04-send/src/lib.rs, which has: more, send";
    assert_eq!(problem, expected);
}

#[test]
fn a_missing_file_is_told() {
    let problem = one_crate().problem(&listing("../chapters/04-send/src/bil.rs:send"));
    assert!(
        problem.contains("there is no file chapters/04-send/src/bil.rs"),
        "{problem}"
    );
}

#[test]
fn a_broken_mark_is_told_with_its_own_line() {
    let broken = "x\n// ANCHOR: a\ny\n";
    let repository = Repository::with(&[("src/lib.rs", broken), ("book/SUMMARY.md", "")]);
    let problem = repository.problem(&listing("../src/lib.rs:a"));
    assert!(
        problem.contains("src/lib.rs:2: anchor `a` is never closed"),
        "{problem}"
    );
}

#[test]
fn a_path_out_of_the_repository_is_refused() {
    let problem = one_crate().problem(&listing("../../etc/passwd"));
    assert!(problem.contains("leads out of the repository"), "{problem}");
    let problem = one_crate().problem(&listing("/etc/passwd"));
    assert!(problem.contains("leads out of the repository"), "{problem}");
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_out_of_the_repository_is_refused() {
    let repository = one_crate();
    std::os::unix::fs::symlink("/etc/passwd", repository.0.path().join("book/p.rs")).unwrap();
    let problem = repository.problem(&listing("p.rs"));
    assert!(problem.contains("leads out of the repository"), "{problem}");
}

#[test]
fn line_numbers_are_refused() {
    let problem = one_crate().problem(&listing("../chapters/04-send/src/lib.rs:2:3"));
    assert!(problem.contains("line numbers drift"), "{problem}");
}

#[test]
fn a_long_file_is_not_quoted_whole() {
    let repository = Repository::with(&[("src/lib.rs", &"x\n".repeat(151)), ("book/a", "")]);
    let problem = repository.problem(&listing("../src/lib.rs"));
    assert!(
        problem.contains("src/lib.rs has 151 lines; over 150"),
        "{problem}"
    );
}

#[test]
fn a_file_with_nothing_in_it_is_not_quoted() {
    let repository = Repository::with(&[("src/lib.rs", "\n"), ("book/a", "")]);
    let problem = repository.problem(&listing("../src/lib.rs"));
    assert!(problem.contains("src/lib.rs is empty"), "{problem}");
}

#[test]
fn handwritten_lines_in_a_listing_are_refused() {
    let problem = one_crate()
        .problem("```rust\nlet x = 1;\n{{#include ../chapters/04-send/src/lib.rs:send}}\n```\n");
    assert!(
        problem.contains("mixes included and handwritten lines"),
        "{problem}"
    );
}

#[test]
fn an_include_outside_of_a_code_block_is_refused() {
    let problem = one_crate().problem("{{#include ../chapters/04-send/src/lib.rs:send}}\n");
    let expected = "book/send.md:1: code is included in a code block, only a picture outside";
    assert_eq!(problem, expected);
    let problem = one_crate().problem("See {{#include pictures/a.svg}}.\n");
    assert!(problem.contains("alone on its line"), "{problem}");
}

#[test]
fn a_picture_stands_in_the_page_itself() {
    let svg = "<svg>\n\n<title>A queue</title>\n</svg>\n";
    let repository = Repository::with(&[("book/pictures/queue.svg", svg)]);
    let page = repository.expand("<figure>\n{{#include pictures/queue.svg}}\n</figure>\n");
    assert_eq!(page.problems, []);
    let expected = "<figure>\n<svg>\n<title>A queue</title>\n</svg>\n</figure>\n";
    assert_eq!(page.markdown, expected);
    assert!(page.quotes.is_empty());
    let problem = repository.problem("{{#include pictures/q.svg}}\n");
    assert!(
        problem.contains("there is no file book/pictures/q.svg"),
        "{problem}"
    );
}

#[test]
fn the_last_blank_line_of_a_session_is_not_shown() {
    let page = one_crate().expand("```console\n$ ipcs -q\nqueue 0\n\n```\n");
    assert_eq!(page.markdown, "```console\n$ ipcs -q\nqueue 0\n```\n");
}

#[test]
fn other_directives_of_mdbook_are_refused() {
    let problem = one_crate().problem("```rust\n{{#rustdoc_include a.rs}}\n```\n");
    assert!(
        problem.contains("only {{#include PATH:ANCHOR}}"),
        "{problem}"
    );
}

#[test]
fn a_code_block_that_never_ends_is_told() {
    let problem = one_crate().problem("# Send\n\n```rust\nfn x() {}\n");
    assert!(
        problem.contains("the page ends inside a code block"),
        "{problem}"
    );
}

fn scene(lines: &str) -> String {
    format!("# Send\n\n```simulator\nid: full\ntitle: Full\n{lines}```\n")
}

#[test]
fn a_scene_becomes_a_component() {
    let page = one_crate().expand(&scene(
        "create 1234\n? Who wakes?\nrecv\nsend 3 hello\n= R1.\n",
    ));
    assert_eq!(page.problems, []);
    assert_eq!(page.scenes, BTreeMap::from([("full".to_owned(), 3)]));
    let opening = "<section class=\"sim\" id=\"sim-full\"";
    assert!(page.markdown.contains(opening), "{}", page.markdown);
    assert!(!page.markdown.contains("```"), "{}", page.markdown);
    let component = page.markdown.trim_start_matches("# Send\n\n");
    assert!(!component.contains("\n\n"), "{component}");
}

#[test]
fn what_is_wrong_with_a_scene_is_told_with_its_line() {
    let problem = one_crate().problem(&scene("create 1234\nbogus 3 hello\n"));
    assert!(
        problem.starts_with("book/send.md:7: `bogus 3 hello`: "),
        "{problem}"
    );
    let problem = one_crate().problem(&scene("? Who wakes?\nrecv\n"));
    assert!(problem.contains("the question has no answer"), "{problem}");
}

#[test]
fn a_scene_is_written_on_the_page() {
    let repository = Repository::with(&[("scene.txt", "create 1234\n"), ("book/a", "")]);
    let problem = repository.problem(&scene("{{#include ../scene.txt}}\n"));
    assert!(problem.contains("is written on the page"), "{problem}");
}

#[test]
fn two_scenes_of_one_name_are_refused() {
    let problem = one_crate().problem(&scene("create 1\n").repeat(2));
    let expected = "two simulator blocks are called `full`: this one and that in line 3";
    assert!(problem.ends_with(expected), "{problem}");
}
