//! `cargo xtask doctor`: before chapter 1, will this machine do?
//!
//! One line for each thing that the book needs: a mark in words, what was found and what it means; below it, where
//! there is something to do, what. A problem stops a reader somewhere in chapters 1 to 6. A note does not: something
//! will look or work a little differently, or is wanted later.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod child;
#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod examination;
#[cfg(target_os = "linux")]
mod finding;
#[cfg(target_os = "linux")]
mod kernel;
#[cfg(target_os = "linux")]
mod keys;
#[cfg(target_os = "linux")]
mod limits;
#[cfg(target_os = "linux")]
mod machine;
#[cfg(target_os = "linux")]
mod namespaces;
#[cfg(target_os = "linux")]
mod queues;
#[cfg(target_os = "linux")]
mod refusal;
#[cfg(target_os = "linux")]
mod rust;
#[cfg(target_os = "linux")]
mod tools;
#[cfg(target_os = "linux")]
mod trial;

/// Prints what there is to say. The exit status is 0 where nothing stops the reader.
pub(crate) fn run() -> ExitCode {
    #[cfg(target_os = "linux")]
    return examination::run();
    #[cfg(not(target_os = "linux"))]
    return elsewhere::run();
}
