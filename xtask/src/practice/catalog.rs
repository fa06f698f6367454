//! What there is: the exercises that info.toml names, with their files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

/// One exercise and all that belongs to it.
pub(crate) struct Exercise {
    pub(crate) name: String,
    /// Its folder, the same below exercises/, solutions/ and mutants/.
    pub(crate) dir: String,
    pub(crate) hint: String,
    pub(crate) starter: Source,
    pub(crate) solution: Source,
    pub(crate) mutants: Vec<Mutant>,
}

/// A file, cut where its tests begin.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) code: String,
    /// From `#[cfg(test)]` to the end. A mutant has none: it is tried with those of the exercise.
    pub(crate) tests: String,
}

/// A plausible wrong solution.
pub(crate) struct Mutant {
    /// The name of its file: the mistake in a word or two.
    pub(crate) name: String,
    pub(crate) source: Source,
    /// What is wrong, for whoever reads the file: the line `//! Mistake: ...`.
    pub(crate) mistake: String,
    /// What the failing tests say: each holds one of the lines `//! Message: ...`, and each of the lines is said.
    pub(crate) messages: Vec<String>,
}

/// The exercises whose name or folder begins with one of `only`; all of them if there is none.
pub(crate) fn read(practice: &Path, only: &[String]) -> Result<Vec<Exercise>> {
    let info: toml::Table = text(&practice.join("info.toml"))?.parse()?;
    let entries = info.get("exercises").and_then(toml::Value::as_array);
    let entries = entries.context("practice/info.toml has no [[exercises]]")?;
    let wanted = |entry: &&toml::Value| {
        let is = |key: &str, start: &String| {
            let value = entry.get(key).and_then(toml::Value::as_str);
            value.is_some_and(|value| value.starts_with(start.as_str()))
        };
        only.is_empty()
            || only
                .iter()
                .any(|start| is("name", start) || is("dir", start))
    };
    entries
        .iter()
        .filter(wanted)
        .map(|entry| exercise(practice, entry))
        .collect()
}

fn exercise(practice: &Path, entry: &toml::Value) -> Result<Exercise> {
    let word = |key: &str| {
        let value = entry.get(key).and_then(toml::Value::as_str);
        let value = value.with_context(|| format!("an exercise in info.toml has no `{key}`"));
        value.map(str::to_owned)
    };
    let (name, dir, hint) = (word("name")?, word("dir")?, word("hint")?);
    let file = |kind: &str| source(practice.join(kind).join(&dir).join(format!("{name}.rs")));
    Ok(Exercise {
        starter: file("exercises")?,
        solution: file("solutions")?,
        mutants: mutants(&practice.join("mutants").join(&dir).join(&name))?,
        name,
        dir,
        hint,
    })
}

fn mutants(folder: &Path) -> Result<Vec<Mutant>> {
    let entries = fs::read_dir(folder)
        .with_context(|| format!("{}: the exercise's mutants belong there", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.sort();
    paths.into_iter().map(mutant).collect()
}

fn mutant(path: PathBuf) -> Result<Mutant> {
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let source = source(path)?;
    let said = |label: &str| -> Vec<String> {
        let lines = source
            .code
            .lines()
            .filter_map(|line| line.strip_prefix(label));
        lines.map(|text| text.trim().to_owned()).collect()
    };
    let (mistakes, messages) = (said("//! Mistake: "), said("//! Message: "));
    let file = source.path.display();
    ensure!(
        mistakes.len() == 1,
        "{file}: one line `//! Mistake: ...` belongs at the top"
    );
    ensure!(
        !messages.is_empty(),
        "{file}: a line `//! Message: ...` belongs at the top"
    );
    Ok(Mutant {
        name,
        mistake: mistakes.concat(),
        messages,
        source,
    })
}

fn source(path: PathBuf) -> Result<Source> {
    let whole = text(&path)?;
    let cut = whole
        .find("\n#[cfg(test)]\n")
        .map_or(whole.len(), |at| at + 1);
    let (code, tests) = whole.split_at(cut);
    Ok(Source {
        code: code.to_owned(),
        tests: tests.to_owned(),
        path,
    })
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}
