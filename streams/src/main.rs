//! Copies standard input to standard output: the crate by hand, and what its tests run.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    match copy() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // If standard error cannot be written, nobody is left to be told.
            let _ = writeln!(io::stderr(), "streams-copy: {error}");
            ExitCode::FAILURE
        }
    }
}

fn copy() -> Result<(), Box<dyn Error>> {
    let (mut input, mut output) = (streams::stdin()?, streams::stdout()?);
    io::copy(&mut input, &mut output)
        .map_err(|error| format!("cannot copy: {}", streams::explain(&error)))?;
    Ok(())
}
