//! Key: what both sides agree on.
