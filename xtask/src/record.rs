//! `cargo xtask record`: plays the book's terminal sessions and scenes and the simulator's
//! sessions, tries what chapter 13's table says, and writes down what they show. The tests do the
//! same, and only compare.

use anyhow::Result;

use crate::command::{cargo, run as run_command};

pub(crate) fn run() -> Result<()> {
    for (package, tests, variables) in [
        (
            "book-tests",
            &["sessions", "scenes"][..],
            &[("TRYCMD", "overwrite"), ("SCENES", "overwrite")][..],
        ),
        ("simulator-page", &["page"], &[("RECORD", "1")]),
        ("ch13-other-queues", &["steps"], &[("TABLE", "overwrite")]),
    ] {
        let mut test = cargo();
        test.args(["test", "--quiet", "--package", package]);
        for name in tests {
            test.args(["--test", name]);
        }
        run_command(
            test.envs(variables.iter().copied()),
            "something cannot be played at all: the test says what",
        )?;
    }
    println!("Recorded. `git diff` shows what is different now: read it before you keep it.");
    Ok(())
}
