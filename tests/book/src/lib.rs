//! The tests of the book itself.
