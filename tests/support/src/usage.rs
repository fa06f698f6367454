//! What every small program answers when it is asked for help, or misused.

use std::path::Path;
use std::process::Command;

use crate::Running;

/// Sees that `-h` and `--help` print the usage, and that each misuse gets it on standard error.
///
/// # Panics
///
/// When a program answers otherwise.
#[track_caller]
pub fn usage_is_printed(program: impl AsRef<Path>, misuses: &[&[&str]]) {
    let program = program.as_ref();
    let name = program.file_name().expect("a program has a name");
    let usage = format!("usage: {} ", name.to_string_lossy());
    let run = |args: &[&str]| {
        let mut command = Command::new(program);
        command.args(args);
        Running::start(command).finish()
    };
    for option in ["-h", "--help"] {
        let help = run(&[option]);
        help.success().stderr_is("");
        assert!(help.stdout_text().starts_with(&usage), "{help:?}");
    }
    for misuse in misuses {
        let answer = run(misuse);
        answer.code(2).stdout_is("");
        assert!(answer.stderr_text().starts_with(&usage), "{answer:?}");
    }
}
