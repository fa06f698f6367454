//! `./doctor` where things are not as they should be: each condition is made true for one run of
//! it, in every shell.

#![cfg(target_os = "linux")]

mod book;
mod conditions;
mod filter;
mod machine;
mod nowhere;
mod queues;
mod report;
mod trial;
