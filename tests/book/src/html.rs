//! The book as mdBook builds it: nothing raw is left in it, and nothing in it is dead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Problem;
use crate::book::{collect, read, root};
use crate::links::{attributes, is_external};

/// Builds the book of this repository into `folder`.
///
/// # Panics
///
/// When mdbook is not there, or cannot build the book; with what it said.
pub fn build(folder: &Path) {
    let ours = root().join("target/tools/bin/mdbook");
    let mdbook = if ours.exists() { ours } else { "mdbook".into() };
    let output = Command::new(mdbook)
        .arg("build")
        .arg("--dest-dir")
        .arg(folder)
        .current_dir(root())
        .output()
        .unwrap_or_else(|_| {
            panic!("mdbook is not here; `cargo book build` gets it, then run this again")
        });
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "mdbook cannot build the book:\n{said}"
    );
    assert!(
        !said.contains("WARN"),
        "mdbook is not content with the book:\n{said}"
    );
}

/// What is wrong with the built pages in `folder`.
pub fn check(folder: &Path) -> Vec<Problem> {
    let mut files = Vec::new();
    collect(folder, folder, "html", &mut files);
    let pages: BTreeMap<PathBuf, String> = files
        .into_iter()
        .map(|file| (file.clone(), read(&folder.join(file))))
        .collect();
    let ids: BTreeMap<&Path, BTreeSet<String>> = pages
        .iter()
        .map(|(file, html)| (file.as_path(), attributes(html, "id").collect()))
        .collect();
    let mut problems = Vec::new();
    for (file, html) in &pages {
        for (index, line) in html.lines().enumerate() {
            let mut problem = |reason: String| {
                let (page, line) = (file.clone(), index + 1);
                problems.push(Problem { page, line, reason });
            };
            if line.contains("{{#") {
                problem(format!("a raw directive is left: {}", line.trim()));
            }
            let targets = attributes(line, "href").chain(attributes(line, "src"));
            for target in targets.filter(|target| !is_external(target)) {
                if let Some(reason) = dead(folder, file, &target, &ids) {
                    problem(reason);
                }
            }
        }
    }
    problems
}

/// Why a link in a built page leads nowhere.
fn dead(
    folder: &Path,
    file: &Path,
    target: &str,
    ids: &BTreeMap<&Path, BTreeSet<String>>,
) -> Option<String> {
    if target.starts_with("data:") || target.starts_with("javascript:") {
        return None;
    }
    let (path, id) = target.split_once('#').unwrap_or((target, ""));
    let path = path.split('?').next().unwrap_or(path);
    let mut there = if path.is_empty() {
        file.to_owned()
    } else {
        plain(
            &file
                .parent()
                .unwrap_or(Path::new(""))
                .join(path.trim_start_matches('/')),
        )
    };
    if path.ends_with('/') || there.as_os_str().is_empty() {
        there.push("index.html");
    }
    if !folder.join(&there).is_file() {
        return Some(format!(
            "{target}: there is no {} in the built book",
            there.display()
        ));
    }
    let known = ids.get(there.as_path());
    let found = id.is_empty() || known.is_none_or(|ids| ids.contains(id));
    (!found).then(|| format!("{target}: nothing in {} has the id {id}", there.display()))
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path {
        match part.to_str() {
            Some(".") => {}
            Some("..") => {
                plain.pop();
            }
            _ => plain.push(part),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::told;

    fn problems(html: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text);
        write("a.html", html).unwrap();
        write("b.html", "<h2 id=\"send\">Send</h2>").unwrap();
        told(&check(folder.path()))
    }

    #[test]
    fn a_sound_page_is_fine() {
        assert!(
            problems("<a href=\"b.html#send\">b</a> <a href=\"https://example.org\">c</a>")
                .is_empty()
        );
    }

    #[test]
    fn a_raw_directive_is_told() {
        let expected = ["a.html:2: a raw directive is left: {{#include ../src/lib.rs}}"];
        assert_eq!(problems("<p>\n{{#include ../src/lib.rs}}"), expected);
    }

    #[test]
    fn a_dead_link_is_told() {
        let expected = ["a.html:1: c.html: there is no c.html in the built book"];
        assert_eq!(problems("<a href=\"c.html\">c</a>"), expected);
        let expected = ["a.html:1: b.html#recv: nothing in b.html has the id recv"];
        assert_eq!(problems("<a href=\"b.html#recv\">b</a>"), expected);
    }
}
