//! Waiting with an end: timeouts, and a queue in a poll loop.
