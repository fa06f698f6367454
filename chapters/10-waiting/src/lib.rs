//! Waiting with an end: timeouts, and a queue in a poll loop.

#[cfg(target_os = "linux")]
pub mod interrupt;
