//! What there is: the exercises that info.toml names, with their files.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};

use super::sentences::{Sentence, sentences};
use crate::command::root;
use crate::mistakes::{self, Mistakes};

/// One exercise and all that belongs to it.
pub(crate) struct Exercise {
    pub(crate) name: String,
    /// Its folder, the same below exercises/, solutions/, checks/ and mistakes/.
    pub(crate) dir: String,
    pub(crate) hint: String,
    pub(crate) starter: Source,
    pub(crate) solution: Source,
    /// The text of all files of its tests.
    pub(crate) checks: String,
    /// The sentences in them, and those in what all tests use.
    sentences: Vec<Arc<Sentence>>,
    /// The plausible wrong solutions.
    pub(crate) mistakes: Mistakes,
}

impl Exercise {
    /// The sentences that its tests can say.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.sentences.iter().map(Arc::as_ref)
    }
}

/// A file, cut where its tests begin.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) code: String,
    /// From `#[cfg(test)]` to the end.
    pub(crate) tests: String,
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
        only.is_empty() || only.iter().any(|start| is("name", start) || is("dir", start))
    };
    let mut shared = Vec::new();
    for folder in SHARED {
        for path in below(&root().join(folder))? {
            shared.extend(read_sentences(&path, &text(&path)?)?);
        }
    }
    entries.iter().filter(wanted).map(|entry| exercise(practice, entry, &shared)).collect()
}

/// Where those sentences are that all tests use.
const SHARED: [&str; 2] = ["practice/src", "tests/support/src"];

fn exercise(practice: &Path, entry: &toml::Value, shared: &[Arc<Sentence>]) -> Result<Exercise> {
    let word = |key: &str| {
        let value = entry.get(key).and_then(toml::Value::as_str);
        let value = value.with_context(|| format!("an exercise in info.toml has no `{key}`"));
        value.map(str::to_owned)
    };
    let (name, dir, hint) = (word("name")?, word("dir")?, word("hint")?);
    let file = |kind: &str| practice.join(kind).join(&dir).join(&name);
    let mut checks = String::new();
    let mut sentences = shared.to_owned();
    for path in parts(&file("checks"), "rs")? {
        let text = text(&path)?;
        sentences.extend(read_sentences(&path, &text)?);
        checks += &text;
    }
    let mut mistakes = Mistakes::new();
    for path in parts(&file("mistakes"), "toml")? {
        for (row, mistake) in mistakes::read(&path)? {
            let twice = mistakes.insert(row.clone(), mistake).is_some();
            ensure!(!twice, "{}: [{row}] is in another file as well", path.display());
        }
    }
    Ok(Exercise {
        starter: source(file("exercises").with_extension("rs"))?,
        solution: source(file("solutions").with_extension("rs"))?,
        checks,
        sentences,
        mistakes,
        name,
        dir,
        hint,
    })
}

/// The file with this name; and where there is too much for one file, those of the folder with this
/// name.
fn parts(path: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut parts = vec![path.with_extension(extension)];
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            parts.push(entry?.path());
        }
    }
    parts.retain(|part| part.exists());
    parts.sort();
    Ok(parts)
}

/// The files in a folder and the folders in it.
fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn read_sentences(path: &Path, text: &str) -> Result<Vec<Arc<Sentence>>> {
    let name = path.strip_prefix(root()).unwrap_or(path);
    Ok(sentences(name, text)?.into_iter().map(Arc::new).collect())
}

fn source(path: PathBuf) -> Result<Source> {
    let whole = text(&path)?;
    let cut = whole.find("\n#[cfg(test)]\n").map_or(whole.len(), |at| at + 1);
    let (code, tests) = whole.split_at(cut);
    Ok(Source { code: code.to_owned(), tests: tests.to_owned(), path })
}

/// The text with the line ends of this repository, whatever git made of them here.
fn text(path: &Path) -> Result<String> {
    let text =
        fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(text.replace("\r\n", "\n"))
}
