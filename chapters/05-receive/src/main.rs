//! A step done by hand.

fn main() {}
