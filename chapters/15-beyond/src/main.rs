//! `bridge`.

fn main() {}
