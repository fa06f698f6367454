use super::*;
use crate::book::{fixture, told};

fn problems(page: &str) -> Vec<String> {
    let (_folder, book) = fixture(&[
        ("book/a.md", page),
        (
            "book/part/b.md",
            "# B\n\n## What `send` does\n\n## Again\n\n## Again\n\n## C {#own}\n",
        ),
        ("book/pictures/queue.svg", "<svg/>"),
    ]);
    told(&check(&book))
}

#[track_caller]
fn one(page: &str, expected: &str) {
    assert_eq!(problems(page), [expected]);
}

#[test]
fn links_that_lead_somewhere_are_fine() {
    for link in [
        "[b](part/b.md)",
        "[b](./part/b.md#what-send-does)",
        "[b](part/b.md#again-1)",
        "[b](part/b.md#own)",
        "[here](#a)",
        "![queue](pictures/queue.svg)",
        "<a id=\"x\"></a> [here](#x)",
        "<img src=\"pictures/queue.svg\" alt=\"\">",
        "[out](https://example.org/dead)",
        "[whole](code/src.md#src-lib-rs)",
        "[paper](print.html)",
    ] {
        assert!(problems(&format!("# A\n\n{link}\n")).is_empty(), "{link}");
    }
}

#[test]
fn a_dead_link_is_told() {
    one(
        "# A\n\n[b](b.md)\n",
        "book/a.md:3: b.md: there is no b.md in the book",
    );
}

#[test]
fn a_missing_picture_is_told() {
    let expected = "book/a.md:1: pictures/q.svg: there is no pictures/q.svg in the book";
    one("![q](pictures/q.svg)\n", expected);
    one("<img src=\"pictures/q.svg\" alt=\"\">\n", expected);
}

#[test]
fn a_dead_fragment_is_told() {
    let expected = "book/a.md:1: part/b.md#gone: part/b.md has no heading #gone";
    one("[b](part/b.md#gone)\n", expected);
    one(
        "# A\n\n[here](#b)\n",
        "book/a.md:3: #b: a.md has no heading #b",
    );
}

#[test]
fn a_link_out_of_the_book_is_told() {
    let expected = "book/a.md:1: ../src/lib.rs: the link leads out of the book: nothing there is \
                    published";
    one("[code](../src/lib.rs)\n", expected);
}

#[test]
fn a_link_to_the_built_page_is_told() {
    let told = problems("[b](part/b.html)\n");
    assert!(told[0].contains("link to the .md file"), "{told:?}");
}
