//! `ch13`.

fn main() {}
