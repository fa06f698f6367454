//! Listings: how code gets into the book.
//!
//! A page quotes a compiled file by an anchor, in a fence of its own:
//!
//! ````text
//! ```rust,ignore
//! {{#include ../chapters/04-send/src/lib.rs:send}}
//! ```
//! ````
//!
//! mdBook could expand this by itself, but it shows an empty box for an anchor that is not there
//! and the raw directive for a file that is not there, and ends with exit status 0. Here each of
//! these is an error that names the page, the line and the reason, and no book is built.
//!
//! A listing in a programming language gets the name of its file above it, linked to the whole
//! file. The whole files are pages of the book, one for each crate, made here ([`whole`]): pages
//! that mdBook itself renders have its themes, its highlighting and its keys, need no template of
//! ours, and leave the place of the HTML as it is. A second renderer would move it.
//!
//! A picture is included outside of a code block: an SVG file that stands in the page itself takes
//! the page's colours.
//!
//! [`page::expand`] is the one place that knows the rules: the preprocessor and the tests of the
//! book both call it.

use std::fmt;
use std::path::PathBuf;

mod colour;
mod description;
mod fence;
pub mod glossary;
pub mod markdown;
pub mod page;
pub mod paper;
pub mod path;
pub mod preprocessor;
mod quote;
pub mod source;
pub mod whole;

/// Something on a page that must not get into a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The page, relative to the repository.
    pub page: PathBuf,
    /// The line on the page, counted from 1.
    pub line: usize,
    /// What is wrong and what to do about it.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (page, line, reason) = (self.page.display(), self.line, &self.reason);
        write!(f, "{page}:{line}: {reason}")
    }
}
