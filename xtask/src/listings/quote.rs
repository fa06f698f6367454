//! What an include names: a file of the repository, and lines in it.

use std::fs;
use std::path::{Path, PathBuf};

use super::path::resolve;
use super::source::Source;

/// Longer files are quoted by anchor: nobody reads a listing of three screens.
const LONGEST_WHOLE_FILE: usize = 150;

/// The file that a page names, relative to the repository.
pub(super) fn locate(root: &Path, page: &Path, path: &str) -> Result<PathBuf, String> {
    if path.is_empty() {
        return Err("no file is named".into());
    }
    let folder = page.parent().unwrap_or(Path::new(""));
    let outside = "the path leads out of the repository";
    let file = resolve(folder, path).ok_or(outside)?;
    let real = fs::canonicalize(root.join(&file))
        .map_err(|_| format!("there is no file {}", file.display()))?;
    let root = fs::canonicalize(root).map_err(|error| error.to_string())?;
    // A symbolic link can lead outside although its path does not.
    if !real.starts_with(root) {
        return Err(outside.into());
    }
    Ok(file)
}

/// The lines that an include asks for: those of an anchor, or all of them.
pub(super) fn lines<'s>(
    source: &'s Source,
    file: &Path,
    anchor: Option<&str>,
    is_program: bool,
) -> Result<Vec<&'s str>, String> {
    let shown = file.display();
    let Some(name) = anchor else {
        let lines = source.whole();
        if lines.iter().all(|line| line.trim().is_empty()) {
            return Err(format!("{shown} is empty"));
        }
        if is_program && lines.len() > LONGEST_WHOLE_FILE {
            let count = lines.len();
            return Err(format!(
                "{shown} has {count} lines; over {LONGEST_WHOLE_FILE}, quote an anchor of it"
            ));
        }
        return Ok(lines);
    };
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) || name.contains(':') {
        return Err("quote by anchor: line numbers drift".into());
    }
    source.anchor(name).ok_or_else(|| {
        let names: Vec<&str> = source.anchors().map(|(name, _)| name).collect();
        match names.as_slice() {
            [] => format!("{shown} has no anchors"),
            names => format!("no anchor `{name}` in {shown}, which has: {}", names.join(", ")),
        }
    })
}
