//! Where there is nothing to examine.

use std::env::consts::OS;
use std::process::ExitCode;

pub(crate) fn run() -> ExitCode {
    println!(
        "problem  kernel: this is {OS}, and the sessions and programs of this book need Linux"
    );
    println!(
        "         To do: open this folder in the container that .devcontainer describes (on Windows, WSL 2 does as well)"
    );
    println!("Mend the problem above first.");
    ExitCode::FAILURE
}
