//! `cargo xtask record`: plays the book's terminal sessions and scenes, and writes what they show into
//! the pages. The tests play them too, and only compare.

use anyhow::Result;

use crate::command::{cargo, run as run_command};

pub(crate) fn run() -> Result<()> {
    run_command(
        cargo()
            .args(["test", "--quiet", "--package", "book-tests"])
            .args(["--test", "sessions", "--test", "scenes"])
            .env("TRYCMD", "overwrite")
            .env("SCENES", "overwrite"),
        "a session or a scene cannot be played at all: the test says which",
    )?;
    println!("Recorded. `git diff book tests/book/scenes` shows what is different now.");
    Ok(())
}
