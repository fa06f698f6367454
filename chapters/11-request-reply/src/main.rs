//! Request and reply: a private queue for each caller.

fn main() {}
