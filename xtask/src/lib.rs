//! What the commands share with the tests of the book.

pub mod artifacts;
pub mod command;
pub mod listings;
pub mod mdbook;
pub mod simulator;
pub mod turn;
