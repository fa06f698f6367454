//! The bench: one program that holds every starter, solution and wrong solution as a module, so
//! that all of them cost one compilation and one link.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::catalog::Exercise;
use super::target;
use crate::command::root;
use xtask::artifacts;

/// The two programs: the tests of all modules, and the `main` of the one that is named.
pub(crate) struct Bench {
    pub(crate) tests: PathBuf,
    pub(crate) mains: PathBuf,
    /// Where what they say is kept.
    pub(crate) output: PathBuf,
}

pub(crate) fn build(exercises: &[Exercise]) -> Result<Bench> {
    let folder = target().join("practice-check");
    let output = folder.join("output");
    fs::create_dir_all(folder.join("src"))?;
    fs::create_dir_all(&output)?;
    write(&folder.join("Cargo.toml"), &manifest()?)?;
    if !folder.join("Cargo.lock").exists() {
        fs::copy(root().join("practice/Cargo.lock"), folder.join("Cargo.lock"))
            .context("practice/Cargo.lock is missing")?;
    }
    modules(exercises, &folder.join("src"))?;

    let manifest = folder.join("Cargo.toml");
    let manifest = manifest.to_str().context("the path of the target folder is not UTF-8")?;
    let target = target();
    let target = target.to_str().context("the path of the target folder is not UTF-8")?;
    let arguments = ["--quiet", "--manifest-path", manifest, "--target-dir", target];
    let tests = artifacts::build(&[&["test", "--no-run"], &arguments[..]].concat())?;
    let mains = artifacts::build(&[&["build"], &arguments[..]].concat())?;
    Ok(Bench {
        tests: artifacts::named(&tests, "practice-check")?,
        mains: artifacts::named(&mains, "practice-check")?,
        output,
    })
}

/// The manifest of practice/, with one program instead of many.
fn manifest() -> Result<String> {
    let practice = root().join("practice");
    let mut table: Table = fs::read_to_string(practice.join("Cargo.toml"))?.parse()?;
    table.remove("bin");
    table.insert("workspace".to_owned(), Value::Table(Table::new()));
    let package = table.get_mut("package").and_then(Value::as_table_mut);
    let package = package.context("practice/Cargo.toml has no [package]")?;
    package.insert("name".to_owned(), "practice-check".into());
    for section in ["dependencies", "dev-dependencies"] {
        let section = table.get_mut(section).and_then(Value::as_table_mut);
        for (_, dependency) in section.into_iter().flatten() {
            if let Some(Value::String(path)) = dependency.get_mut("path") {
                *path = practice.join(&*path).to_string_lossy().into_owned();
            }
        }
    }
    let dependencies = table.get_mut("dependencies").and_then(Value::as_table_mut);
    let itself =
        Table::from_iter([("path".to_owned(), practice.to_string_lossy().into_owned().into())]);
    dependencies
        .context("practice/Cargo.toml has no [dependencies]")?
        .insert("practice".to_owned(), itself.into());
    Ok(toml::to_string(&table)?)
}

/// A file for each, with the code as it stands and the path to the exercise's tests, which are
/// there once.
fn modules(exercises: &[Exercise], folder: &Path) -> Result<()> {
    let mut top = String::from(
        "#![allow(warnings)]\nuse std::process::{ExitCode, Termination};\n\nfn main() -> ExitCode {\n    match std::env::args().nth(1).unwrap().as_str() {\n",
    );
    let mut declarations = String::new();
    for exercise in exercises {
        let Exercise { name, dir, .. } = exercise;
        let checks = root().join(format!("practice/checks/{dir}/{name}.rs"));
        let mut add = |module: String, code: &str| -> Result<()> {
            writeln!(top, "        \"{module}\" => {module}::main().report(),")?;
            let file = folder.join(format!("{module}.rs"));
            writeln!(declarations, "#[path = {file:?}]\nmod {module};")?;
            // Here `main` is called from outside.
            let code = code.replace("\nfn main()", "\npub fn main()");
            let tests = format!("#[cfg(test)]\n#[path = {checks:?}]\nmod tests;\n");
            write(&file, &(code + &tests))
        };
        add(module("starter", exercise, ""), &exercise.starter.code)?;
        add(module("solution", exercise, ""), &exercise.solution.code)?;
        for (mistake, row) in &exercise.mistakes {
            let code = row.make(&exercise.solution.code);
            let code = code.with_context(|| {
                format!(
                    "practice/mistakes/{dir}/{name}, [{mistake}]: the solution has another text"
                )
            })?;
            add(module("mistake", exercise, mistake), &code)?;
        }
    }
    top.push_str("        _ => ExitCode::FAILURE,\n    }\n}\n\n");
    write(&folder.join("main.rs"), &(top + &declarations))
}

/// What a module is called.
pub(crate) fn module(kind: &str, exercise: &Exercise, mistake: &str) -> String {
    let name = &exercise.name;
    if mistake.is_empty() {
        format!("{kind}__{name}")
    } else {
        format!("{kind}__{name}__{mistake}")
    }
}

/// Leaves a file alone that says so already: cargo then has nothing to do.
fn write(file: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|before| before == text) {
        return Ok(());
    }
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}
