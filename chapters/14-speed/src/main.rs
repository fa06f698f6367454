//! `ch14`.

fn main() {}
