//! The checks, on the real book.

use std::env;
use std::fs;
use std::io;

use book_tests::book::files;
use book_tests::built::{self, Built};
use book_tests::listed::Tests;
use book_tests::ran::Log;
use nix::errno::Errno;

use book_tests::{
    Book, Page, blocks, claims, contents, exercises, expect_none, glossary, headings, links,
    listings, outside, pictures, published,
};

#[test]
fn every_page_is_in_the_table_of_contents() {
    expect_none(&contents::check(&Book::here()));
}

#[test]
fn headings_are_in_order() {
    expect_none(&headings::check(&Book::here()));
}

#[test]
fn every_page_that_was_published_is_there_or_leads_on() {
    let book = Book::here();
    let list = fs::read_to_string(book.root.join(published::LIST)).unwrap();
    let config = fs::read_to_string(book.root.join("book.toml")).unwrap();
    expect_none(&published::check(&book, &list, &config));
}

#[test]
fn every_exercise_is_there_and_on_a_page() {
    expect_none(&exercises::check(&Book::here()));
}

#[test]
fn every_listing_is_in_its_file() {
    expect_none(&listings::check(&Book::here()));
}

#[test]
fn every_anchor_is_used() {
    expect_none(&listings::unused(&Book::here()));
}

#[test]
fn every_term_of_the_glossary_is_used() {
    expect_none(&glossary::unused(Built::here(), &Book::here()));
}

#[test]
fn every_picture_is_shown() {
    expect_none(&pictures::unused(Built::here(), &Book::here()));
}

#[test]
fn every_code_block_says_what_it_is() {
    expect_none(&blocks::check(&Book::here()));
}

#[test]
fn every_link_and_picture_is_there() {
    expect_none(&links::check(Built::here(), &Book::here()));
}

#[test]
fn every_link_out_of_the_book_is_on_the_list() {
    let book = Book::here();
    let list = fs::read_to_string(book.root.join(outside::LIST)).unwrap();
    expect_none(&outside::check(Built::here(), &book, &list));
}

#[test]
fn every_claim_names_a_test_that_is_there() {
    let book = Book::here();
    // What there is to check, for whoever asks with --nocapture.
    let (sessions, commands) = blocks::count_sessions(&book);
    println!(
        "{} pages, {} includes, {sessions} sessions with {commands} commands, {} names of tests",
        book.pages.len(),
        listings::count(&book),
        claims::count(&book),
    );
    expect_none(&claims::check(&book, Tests::here(), log().as_ref()));
}

#[test]
fn every_claim_among_the_facts_names_a_test_that_is_there() {
    const FACTS: &str = "simulator/proof/facts.md";
    let mut book = Book::here();
    let tests = Tests::here();
    let text = fs::read_to_string(book.root.join(FACTS)).unwrap();
    for test in tests.within("simulator-proof", "facts") {
        let named = text.contains(&format!("::{test}`"));
        assert!(named, "{FACTS} has no row for the test {test}");
    }
    let path = FACTS.into();
    book.pages = vec![Page { path, text }];
    println!("{} names of tests", claims::count(&book));
    expect_none(&claims::check(&book, tests, log().as_ref()));
}

/// Most libraries and programs of the chapters are not compiled as tests, for there is none in them.
#[test]
fn every_test_in_a_library_or_program_is_listed() {
    let root = Book::here().root;
    let folders = ["src", "chapters", "streams"];
    let files = folders.iter().flat_map(|folder| files(&root, &root.join(folder)));
    let mut unlisted = Vec::new();
    for file in files.filter(|file| file.extension().is_some_and(|it| it == "rs")) {
        let code = fs::read_to_string(root.join(&file)).unwrap();
        let tests = Tests::here().unlisted(&code);
        unlisted.extend(tests.map(|test| format!("{}: {test}", file.display())));
    }
    assert_eq!(unlisted, [""; 0], "cargo does not run these");
}

/// After a run of all tests: TESTS_RAN=file with what `cargo test --workspace` printed.
fn log() -> Option<Log> {
    let file = env::var_os("TESTS_RAN")?;
    let log = fs::read_to_string(file).expect("TESTS_RAN names a file");
    Some(Log::parse(&log))
}

#[test]
fn every_directive_of_the_built_book_is_expanded() {
    expect_none(&built::check(Built::here(), &Book::here()));
}

#[test]
fn atlas_has_the_words_of_strerror() {
    let atlas = fs::read_to_string(Book::here().root.join("book/errno-atlas.md")).unwrap();
    let table = atlas.split("| Printed as |").nth(1).expect("the table is there");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let rows: Vec<&str> = rows.collect();
    for row in &rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let name = cells[1].trim_matches('`');
        let errno = (1..134).map(Errno::from_raw).find(|errno| format!("{errno:?}") == name);
        let raw = errno.unwrap_or_else(|| panic!("no errno is called {name}")) as i32;
        let said = io::Error::from_raw_os_error(raw).to_string();
        assert_eq!(said, format!("{} (os error {raw})", cells[2]), "{name}");
    }
    assert!(rows.len() > 10, "{rows:?}");
}
