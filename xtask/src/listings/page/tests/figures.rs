use std::collections::BTreeSet;

use super::Repository;

/// A file that a program made, and a page that quotes it.
fn with_figures(page: &str) -> (Repository, String) {
    let figures = "<!-- ANCHOR: pipe -->\n0.60 µs\n<!-- ANCHOR_END: pipe -->\n<!-- ANCHOR: all -->\n\
                   | a |\n| --- |\n| b |\n<!-- ANCHOR_END: all -->\n";
    let repository = Repository::with(&[("book/speed/figures.txt", figures), ("book/a", "")]);
    (repository, page.replace("FIGURES", "{{#include speed/figures.txt"))
}

#[test]
fn figure_stands_in_a_sentence() {
    let (repository, page) = with_figures("A pipe takes FIGURES:pipe}}, **FIGURES:pipe}}**.\n");
    let page = repository.expand(&page);
    assert_eq!(page.problems, []);
    assert_eq!(page.markdown, "A pipe takes 0.60 µs, **0.60 µs**.\n");
    assert_eq!(page.quotes, BTreeSet::new()); // no listing: its file needs no page of its own
}

#[test]
fn table_of_figures_stands_alone() {
    let (repository, page) = with_figures("FIGURES:all}}\n");
    assert_eq!(repository.expand(&page).markdown, "| a |\n| --- |\n| b |\n");
    let (repository, page) = with_figures("See FIGURES:all}}.\n");
    assert!(repository.problem(&page).contains("`all` is a table: it stands alone on its line"));
}

#[test]
fn figure_that_was_not_measured_is_reported() {
    let (repository, page) = with_figures("A pipe takes FIGURES:ring}}.\n");
    let problem = repository.problem(&page);
    assert!(problem.contains("no anchor `ring` in book/speed/figures.txt"), "{problem}");
}
