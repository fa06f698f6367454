//! Sound, safe System V message queues.
