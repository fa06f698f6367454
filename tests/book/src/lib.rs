//! The tests of the book itself.
//!
//! mdBook lets a dead link, a missing picture and an empty listing pass. Nothing of the kind gets
//! past these tests: each check reads the pages as they are in the repository and returns a list of
//! [`Problem`]s, a page, a line and a reason each; `tests/pages.rs` runs them on the real book, and
//! the unit tests beside each check run it on pages that are wrong on purpose.
//!
//! | | checks |
//! | --- | --- |
//! | [`contents`] | every page is in SUMMARY.md, every entry has a page |
//! | [`headings`] | one title, no level left out |
//! | [`blocks`] | every code block says its language, and where its code comes from |
//! | [`listings`] | every include is right, every anchor is used |
//! | [`built`] | in the built book nothing is raw, no listing has lost its name |
//! | [`links`], [`outside`] | links, pictures and `#fragments` lead somewhere |
//! | [`pictures`] | every picture is shown |
//! | [`glossary`] | every term is used on a page |
//! | [`claims`] | every test that a page names is one that cargo lists |
//! | [`sessions`] | every terminal session on a page prints what the page says |
//! | [`scenes`] | so does every play with two terminals |

pub mod block;
pub mod blocks;
pub mod book;
pub mod built;
pub mod claims;
pub mod command;
pub mod contents;
pub mod exercises;
pub mod glossary;
pub mod headings;
pub mod links;
pub mod listed;
pub mod listings;
pub mod normalise;
pub mod outside;
pub mod pictures;
pub mod practice;
pub mod programs;
pub mod published;
pub mod ran;
pub mod scenes;
pub mod sessions;
pub mod tables;

pub use book::{Book, Page};
pub use xtask::listings::Problem;

/// Fails with all `problems`, if there are any.
///
/// # Panics
///
/// When there are.
#[track_caller]
pub fn expect_none(problems: &[Problem]) {
    let lines: Vec<String> = problems.iter().map(|problem| format!("\n  {problem}")).collect();
    assert!(lines.is_empty(), "{} to mend:{}", lines.len(), lines.concat());
}
