//! Status and OwnedQueue: looks at a queue, closes it, removes it.
