//! Copies standard input to standard output: the crate by hand, and what its tests run.

use std::io;
use std::process::ExitCode;

use streams::{Failure, explain, program, stdin, stdout};

fn main() -> ExitCode {
    program("streams-copy", "usage: streams-copy", |_| {
        let (mut input, mut output) = (stdin()?, stdout()?);
        io::copy(&mut input, &mut output)
            .map_err(|error| Failure::new(format_args!("cannot copy: {}", explain(&error))))?;
        Ok(())
    })
}
