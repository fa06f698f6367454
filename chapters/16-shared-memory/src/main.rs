//! `ch16`.

fn main() {}
