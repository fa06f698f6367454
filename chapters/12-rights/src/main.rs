//! Owners, modes and limits by hand: lists queues, changes whose they are and who may use them.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
mod program;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    streams::program("ch12", program::USAGE, program::run)
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    streams::program("ch12", "usage: ch12", |_| {
        Err(streams::Failure::new("what this program shows, only Linux tells (ENOSYS)"))
    })
}
