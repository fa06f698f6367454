//! What the commands share with the tests of the book.

pub mod listings;
pub mod simulator;
