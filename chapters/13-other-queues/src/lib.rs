//! The other queues: one trait, five mechanisms, and what each can do.
