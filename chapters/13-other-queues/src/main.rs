//! The other queues by hand: messages through each, what becomes of them, and the table.

use std::process::ExitCode;

mod program;

fn main() -> ExitCode {
    streams::program("ch13", program::USAGE, program::run)
}
