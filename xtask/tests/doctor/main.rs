//! `./doctor` where things are not as they should be: each condition is made true for one run of it, in every shell.

#![cfg(target_os = "linux")]

mod book;
mod filter;
mod interrupted;
mod kernel;
mod limits;
mod machine;
mod namespaces;
mod queues;
mod refused;
mod report;
mod tools;
