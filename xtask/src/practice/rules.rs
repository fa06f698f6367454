//! What can be said about an exercise without running it.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::ops::RangeInclusive;

use anyhow::Result;

use super::attribution;
use super::catalog::Exercise;
use super::hints::hint;
use crate::command::root;

/// Fewer than three ways to be wrong is not a hard enough look.
const MISTAKES: usize = 3;
/// What a reader has in view.
const LINES: RangeInclusive<usize> = 20..=60;

pub(crate) fn check(exercises: &[Exercise]) -> Vec<String> {
    exercises.iter().flat_map(check_one).collect()
}

/// Tests and mistakes that no exercise has: one was renamed, and nobody tries them any more.
pub(crate) fn strays(exercises: &[Exercise]) -> Result<Vec<String>> {
    let known: HashSet<_> =
        exercises.iter().map(|exercise| (exercise.dir.as_str(), exercise.name.as_str())).collect();
    let mut complaints = Vec::new();
    for kind in ["checks", "mistakes"] {
        for chapter in fs::read_dir(root().join("practice").join(kind))? {
            let chapter = chapter?;
            let dir = chapter.file_name();
            for file in fs::read_dir(chapter.path())? {
                let file = file?.path();
                let name = file.file_stem().unwrap_or_default().to_string_lossy();
                if !known.contains(&(&*dir.to_string_lossy(), &*name)) {
                    complaints.push(format!("{} belongs to no exercise", file.display()));
                }
            }
        }
    }
    Ok(complaints)
}

fn check_one(exercise: &Exercise) -> Vec<String> {
    let name = &exercise.name;
    let mut complaints = Vec::new();
    let mut must = |holds: bool, what: String| {
        if !holds {
            complaints.push(format!("{name}: {what}"));
        }
    };

    let Exercise { dir, .. } = exercise;
    for source in [&exercise.starter, &exercise.solution] {
        let end = format!("#[cfg(test)]\n#[path = \"../../checks/{dir}/{name}.rs\"]\nmod tests;");
        must(
            source.tests.starts_with(&end) && source.tests.lines().count() == 3,
            format!("{} does not end with\n{end}", source.path.display()),
        );
        must(source.code.contains("\nfn main()"), format!("{} has no main", source.path.display()));
    }
    let lines = exercise.starter.code.lines().count() + exercise.starter.tests.lines().count();
    must(LINES.contains(&lines), format!("the starter has {lines} lines; {LINES:?} fit a screen"));
    let count = exercise.mistakes.len();
    must(count >= MISTAKES, format!("{count} mistakes; {MISTAKES} are the least"));
    let mut known = HashMap::new();
    for (mistake, row) in &exercise.mistakes {
        must(
            !row.mistake.is_empty() && !row.messages.is_empty() && row.file.is_empty(),
            format!("{mistake} needs a `mistake` and `messages`, and no `file`"),
        );
        for (number, message) in row.messages.iter().enumerate() {
            match attribution::sentence(message, exercise.sentences()) {
                Err(what) => must(false, format!("{mistake}: {what}")),
                Ok(sentence) if number == 0 => {
                    // With the arguments of a sentence, if the message has any.
                    let all_text = sentence.shares(message) == message.len();
                    let arguments = if all_text { "" } else { message };
                    let other = known.insert((&sentence.file, sentence.line, arguments), mistake);
                    let other = other.map_or("", String::as_str);
                    must(
                        other.is_empty(),
                        format!(
                            "{mistake} and {other} get the same sentence: which of them is it?"
                        ),
                    );
                }
                Ok(_) => {}
            }
        }
    }
    for crate_name in too_early(exercise) {
        must(false, format!("uses {crate_name}, which comes later in the book"));
    }
    if let Err(what) = hint(&exercise.hint, dir) {
        must(false, format!("the hint {what}"));
    }
    complaints
}

/// The crates of later chapters that an exercise uses.
fn too_early(exercise: &Exercise) -> Vec<String> {
    let chapter = exercise.dir.get(..2).unwrap_or_default();
    let text = exercise.solution.code.clone() + &exercise.checks;
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let later = words.filter(|word| {
        let number = word.strip_prefix("ch").and_then(|rest| rest.get(..2));
        word.contains('_') && number.is_some_and(|n| n.parse::<u8>().is_ok() && n > chapter)
    });
    later.map(str::to_owned).collect()
}
