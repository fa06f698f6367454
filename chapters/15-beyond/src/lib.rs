//! Beyond one machine: a bridge from a queue to a stream, and back.

#![cfg(target_os = "linux")]
