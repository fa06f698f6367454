//! The other queues by hand.

fn main() {}
