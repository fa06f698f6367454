//! `cargo xtask doctor` where things are not as they should be: each condition is made true for one run of it.

#![cfg(target_os = "linux")]

mod filter;
mod limits;
mod namespaces;
mod path;
mod queues;
mod refused;
mod report;
