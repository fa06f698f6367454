//! Mistakes in a table: what stands in a file of ours, and what stands there instead when somebody
//! makes the mistake.
//!
//! The wrong solutions of the exercises are such rows, and so are the bugs that are planted into
//! the simulator. A row is found by its text, so it fails aloud when the file has changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The rows of a file, by their names.
pub(crate) type Mistakes = BTreeMap<String, Mistake>;

/// A row.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mistake {
    /// What is done wrong, or believed, in a line.
    pub(crate) mistake: String,
    /// For an exercise, what its failing tests say: each holds one of these, and each of these is
    /// said.
    #[serde(default)]
    pub(crate) messages: Vec<String>,
    /// For an exercise, that its tests see the mistake only in an IPC namespace: a limit has to be
    /// lowered, say, or a fixed key to be free.
    #[serde(default)]
    pub(crate) needs_namespace: bool,
    /// For the simulator, the file that is changed.
    #[serde(default)]
    pub(crate) file: String,
    right: String,
    wrong: String,
    /// The other places, for a mistake that is made in several.
    #[serde(default)]
    also: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    right: String,
    wrong: String,
}

/// Reads the rows of a TOML file.
pub(crate) fn read(path: &Path) -> Result<Mistakes> {
    let file = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("{file} cannot be read"))?;
    // What a row replaces has the line ends of this repository, whatever git made of them here.
    let rows = toml::from_str(&text.replace("\r\n", "\n"));
    rows.with_context(|| format!("{file} is not a table of mistakes"))
}

impl Mistake {
    /// The text with the mistake in it.
    pub(crate) fn make(&self, text: &str) -> Result<String> {
        let first = (self.right.as_str(), self.wrong.as_str());
        let others = self.also.iter();
        let others = others.map(|change| (change.right.as_str(), change.wrong.as_str()));
        let mut places = Vec::new();
        for (right, wrong) in std::iter::once(first).chain(others) {
            places.push((place(text, right)?, right, wrong));
        }
        // From the end, so that the places before stay what they are.
        places.sort_unstable_by_key(|(at, ..)| std::cmp::Reverse(*at));
        let mut made = text.to_owned();
        for (at, right, wrong) in places {
            made.replace_range(at..at + right.len(), wrong);
        }
        Ok(made)
    }
}

/// Where this text is.
fn place(text: &str, right: &str) -> Result<usize> {
    let places: Vec<_> = text.match_indices(right).collect();
    match *places {
        [(at, _)] => Ok(at),
        _ => bail!(
            "this text is there {} times, and has to be there once; if the file has changed, the row has to as well:\n\
             {right}",
            places.len()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Result<Mistake> {
        Ok(toml::from_str(text)?)
    }

    #[test]
    fn mistake_in_two_places_replaces_both() {
        let row = "mistake = 'm'\nright = 'b'\nwrong = 'x'\n[[also]]\nright = 'a'\nwrong = 'b'\n";
        assert_eq!(row_made(row, "abc").unwrap(), "bxc");
    }

    #[test]
    fn text_that_is_gone_or_there_twice_is_an_error() {
        let row = "mistake = 'm'\nright = 'b'\nwrong = 'x'\n";
        for text in ["acd", "abcbd"] {
            let error = row_made(row, text).unwrap_err().to_string();
            assert!(error.ends_with(":\nb"), "{error}");
        }
    }

    #[test]
    fn misspelt_field_is_an_error() {
        assert!(row("mistake = 'm'\nright = 'b'\nwrong = 'x'\nmesages = ['y']\n").is_err());
    }

    fn row_made(text: &str, solution: &str) -> Result<String> {
        row(text)?.make(solution)
    }
}
