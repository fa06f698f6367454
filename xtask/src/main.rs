//! The few commands behind cargo book and cargo xtask.

fn main() {}
