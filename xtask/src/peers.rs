//! The C programs in `tests/c`, compiled.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::command::{command, root, run};

/// Compiles `tests/c/NAME.c` the way a release is compiled, with warnings as errors.
pub(crate) fn compile(name: &str) -> Result<PathBuf> {
    let folder = root().join("target/c");
    fs::create_dir_all(&folder)?;
    let program = folder.join(name);
    run(
        command("cc")
            .args(["-Wall", "-Wextra", "-Werror", "-O2", "-o"])
            .arg(&program)
            .arg(format!("tests/c/{name}.c")),
        "a C compiler is needed here (on Debian and Ubuntu: apt-get install gcc)",
    )?;
    Ok(program)
}
