use std::path::Path;

use super::*;

const ENTRIES: &str = "# Glossary\n\n**key**: A number.\n\n**message queue**: A list.\n\n\
                       **capacity**: Its size.\n\n**blocking, non-blocking**: Waits, or not.\n\n\
                       **`msgmax`, `msgmnb`**: Limits.\n";

fn glossary() -> Glossary {
    let (glossary, problems) = Glossary::parse(Path::new("book/glossary.md"), ENTRIES);
    assert_eq!(problems, []);
    glossary
}

#[test]
fn first_use_of_a_term_leads_to_its_entry() {
    let linked = glossary().link("A key, and a key. Then a message queue.\n");
    let expected = "A <a class=\"term\" href=\"glossary.md#key\">key</a>, and a key. Then a <a class=\"term\" href=\"glossary.md#message-queue\">message queue</a>.\n";
    assert_eq!(linked, expected);
}

#[test]
fn plural_capital_and_broken_line_are_the_same_term() {
    let linked = glossary().link("Keys, capacities, *message\nqueues*.\n");
    let expected = "<a class=\"term\" href=\"glossary.md#key\">Keys</a>, <a class=\"term\" href=\"glossary.md#capacity\">capacities</a>, \
                    *<a class=\"term\" href=\"glossary.md#message-queue\">message\nqueues</a>*.\n";
    assert_eq!(linked, expected);
}

#[test]
fn one_entry_is_linked_once_whatever_form_comes_first() {
    let linked = glossary().link("Non-blocking or blocking.\n");
    assert_eq!(
        linked,
        "<a class=\"term\" href=\"glossary.md#blocking\">Non-blocking</a> or blocking.\n"
    );
}

#[test]
fn term_in_backticks_is_code() {
    let linked = glossary().link("`msgmnb` is not msgmnb, nor is `key`.\n");
    assert_eq!(
        linked,
        "<a class=\"term\" href=\"glossary.md#msgmax\">`msgmnb`</a> is not msgmnb, nor is `key`.\n"
    );
}

#[test]
fn headings_links_listings_and_html_are_left_alone() {
    for page in [
        "## The key\n",
        "[the key](key-setup.md)\n",
        "![a key](key.svg)\n",
        "```text\nkey\n```\n",
        "<summary>A key?</summary>\n",
        "| key |\n| --- |\n",
        "| | |\n| --- | --- |\n| | `msgmax` |\n",
        "A monkey, a keyboard, a `key`.\n",
    ] {
        assert_eq!(glossary().link(page), page);
    }
}

#[test]
fn line_of_a_quotation_is_not_joined_to_the_next() {
    let page = "> A message\n> queue.\n";
    assert_eq!(glossary().link(page), page);
}

#[test]
fn entry_gets_a_place_to_be_linked_to() {
    let page = anchored("# Glossary\n\n**message queue, queue**: A list.\n");
    let expected = "# Glossary\n\n<dfn id=\"message-queue\">message queue, queue</dfn>: A list.\n";
    assert_eq!(page, expected);
}

#[test]
fn term_that_is_defined_twice_is_reported() {
    let twice = "**key**: A.\n\n**message key, Key**: B.\n";
    let (_, problems) = Glossary::parse(Path::new("book/glossary.md"), twice);
    let reported: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(reported, ["book/glossary.md:3: `Key` is defined twice"]);
}
