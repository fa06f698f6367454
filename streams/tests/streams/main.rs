//! What becomes of a program whose streams are closed, wrong, slow or full.
//!
//! The program is `streams-copy`, started by a shell, which can close what it hands on.

mod broken;
mod nonblocking;

use std::process::Command;

/// The shell's command, with `copy` for the program.
fn shell(script: &str) -> Command {
    let mut shell = Command::new("sh");
    let program = assert_cmd::cargo::cargo_bin!("streams-copy");
    shell.args(["-c", &format!("copy() {{ \"$COPY\"; }}; {script}")]).env("COPY", program);
    shell
}
