//! Who may talk: owners, modes, limits, and the list of all queues.

fn main() {}
