//! The tests' harness, for the commands that need queues of their own.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Error, Result};
use support::{Alone, Room, caught};

use crate::command::root;

/// Does `work` alone, as a test does: bounded, where nobody else's queues are, and none may be
/// left.
///
/// What the harness has to say is the error.
pub(crate) fn alone(limit: Duration, work: impl FnOnce(&Room) -> Result<()>) -> Result<()> {
    let mut result = Ok(());
    let alone = || Alone::default().within(limit).run(|room| result = work(room));
    caught(alone).map_err(Error::msg)?;
    result
}

/// Compiles `tests/c/NAME.c` the way a release is compiled, with warnings as errors.
pub(crate) fn compile(name: &str) -> Result<PathBuf> {
    let folder = root().join("target/c");
    std::fs::create_dir_all(&folder)?;
    let source = root().join(format!("tests/c/{name}.c"));
    caught(|| support::cc(source, folder.join(name))).map_err(Error::msg)
}
