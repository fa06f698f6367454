//! Where cargo has put what it built, as cargo itself says.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::command::{cargo, spawn};

/// A program that cargo built.
pub struct Artifact {
    /// The name of the target: of a program, a library under test, or a file in `tests/`.
    pub name: String,
    /// Whether it is there to run tests.
    pub is_test: bool,
    /// The executable.
    pub path: PathBuf,
    /// The folder of its package, which is where cargo runs tests.
    pub package: PathBuf,
    /// The name of its package.
    pub package_name: String,
}

/// Runs `cargo ARGS` (a build, or `test --no-run`) and gives every executable in it.
///
/// # Errors
///
/// Says that cargo failed, and that it said why.
pub fn build(args: &[&str]) -> Result<Vec<Artifact>> {
    let mut command = cargo();
    command.args(args).arg("--message-format=json-render-diagnostics").stdout(Stdio::piped());
    let output =
        spawn(&mut command, "this is a cargo command, run it with cargo")?.wait_with_output()?;
    ensure!(output.status.success(), "`cargo {}` failed: cargo says why above", args.join(" "));
    let mut artifacts = Vec::new();
    for line in output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let message: Value =
            serde_json::from_slice(line).context("a line of cargo's output is not JSON")?;
        let text = |value: &Value| value.as_str().map(str::to_string);
        if let (Some(path), Some(name), Some(manifest)) = (
            text(&message["executable"]),
            text(&message["target"]["name"]),
            text(&message["manifest_path"]),
        ) {
            let is_test = message["profile"]["test"].as_bool() == Some(true);
            let package = PathBuf::from(manifest).parent().unwrap_or(Path::new(".")).to_path_buf();
            let package_name = package_name(&text(&message["package_id"]).unwrap_or_default());
            artifacts.push(Artifact { name, is_test, path: path.into(), package, package_name });
        }
    }
    Ok(artifacts)
}

/// The name in `path+file:///book/chapters/04-send#ch04-send@0.1.0`, which is the folder's own in
/// `.../xtask#0.1.0`.
fn package_name(id: &str) -> String {
    let (folder, name) = id.rsplit_once('#').unwrap_or((id, ""));
    let name = name.split_once('@').map(|(name, _)| name);
    name.or(folder.rsplit('/').next()).unwrap_or_default().to_owned()
}

/// The artifact of that name.
///
/// # Errors
///
/// Says that there is none.
pub fn named(artifacts: &[Artifact], name: &str) -> Result<PathBuf> {
    let artifact = artifacts.iter().find(|artifact| artifact.name == name);
    Ok(artifact.with_context(|| format!("cargo built no program `{name}`"))?.path.clone())
}
