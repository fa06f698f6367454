//! What a session on a page runs in place of `./doctor`, `cargo`, `ipcs`, `ipcrm`, `ipcmk`, `lsipc`
//! and `cat`.
//!
//! It is started under the name of the program that it stands for. For `cargo run` it runs the
//! program that cargo would start, built already: a test does not wait for cargo's locks. `cargo
//! test` tests an exercise, in `practice/`. In all output it makes visible what varies
//! (`book_tests::normalise`).

use std::env;
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus};

use book_tests::book::root;
use book_tests::normalise::{normalise, normalise_program};
use book_tests::practice::{self, of_cargo_test};
use book_tests::programs::of_cargo_run;
use book_tests::sessions::{hide_backslashes, show_backslashes};

fn main() -> ExitCode {
    let mut arguments: Vec<String> = env::args().map(|it| show_backslashes(&it)).collect();
    // `session --as ipcs -q` is for those who cannot choose the name that it is started under.
    let typed_on_page = arguments.get(1).is_none_or(|word| word != "--as");
    if !typed_on_page {
        arguments.drain(..2);
    }
    let path = if arguments.is_empty() { String::new() } else { arguments.remove(0) };
    let name = Path::new(&path).file_name().unwrap_or_default();
    let name = name.to_str().unwrap_or_default();
    let done = match name {
        "cargo" => run_program(&arguments).map(|(status, text)| (status, normalise_program(&text))),
        "doctor" => run(Command::new(root().join(name)).args(&arguments))
            .map(|(status, text)| (status, normalise_program(&text)))
            .map_err(|error| format!("cannot run {name}: {error}")),
        _ => run(Command::new(name).args(&arguments))
            .map(|(status, text)| (status, normalise(&text)))
            .map_err(|error| format!("cannot run {name}: {error}")),
    };
    match done {
        Ok((status, text)) => {
            let text = if typed_on_page { hide_backslashes(&text) } else { text };
            let written = io::stdout().write_all(text.as_bytes());
            let code = status.code().and_then(|code| u8::try_from(code).ok());
            match (written, code) {
                (Ok(()), Some(code)) => ExitCode::from(code),
                _ => ExitCode::FAILURE,
            }
        }
        Err(reason) => {
            eprintln!("session: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run_program(arguments: &[String]) -> Result<(ExitStatus, String), String> {
    let this = env::current_exe().map_err(|error| format!("where is this program? {error}"))?;
    if arguments.first().is_some_and(|word| word == "test") {
        let name = of_cargo_test(arguments)?;
        let mut cargo = practice::cargo(&practice::target_of(&this), "test");
        return run(cargo.args(["--bin", name]))
            .map_err(|error| format!("cannot run cargo: {error}"));
    }
    let (program, own) = of_cargo_run(arguments)?;
    run(Command::new(this.with_file_name(&program)).args(own))
        .map_err(|error| format!("cannot run {program}: {error}"))
}

/// Runs a command and returns all that it wrote, to stdout and stderr, in that order of writing.
fn run(command: &mut Command) -> io::Result<(ExitStatus, String)> {
    let mut both = tempfile::tempfile()?;
    let status = command
        .stdout(both.try_clone()?)
        .stderr(both.try_clone()?)
        // What a program prints must not depend on who runs the tests.
        .env("LC_ALL", "C.UTF-8")
        .env("TZ", "UTC")
        .env_remove("RUST_BACKTRACE")
        .env_remove("RUST_LIB_BACKTRACE")
        .status()?;
    let mut bytes = Vec::new();
    both.rewind()?;
    both.read_to_end(&mut bytes)?;
    Ok((status, String::from_utf8_lossy(&bytes).into_owned()))
}
