//! What can be said about an exercise without running it.

use std::collections::HashSet;
use std::fs;

use anyhow::Result;

use super::catalog::Exercise;
use crate::command::root;

/// Fewer than three ways to be wrong is not a hard enough look.
const MUTANTS: usize = 3;
const DEGREES: [&str; 3] = ["Where to look: ", "What to think: ", "Almost the line: "];

pub(crate) fn check(exercises: &[Exercise]) -> Vec<String> {
    exercises.iter().flat_map(check_one).collect()
}

/// Folders of mutants that no exercise has: one was renamed, and nobody tries them any more.
pub(crate) fn strays(exercises: &[Exercise]) -> Result<Vec<String>> {
    let known: HashSet<_> = exercises
        .iter()
        .map(|exercise| {
            root()
                .join("practice/mutants")
                .join(&exercise.dir)
                .join(&exercise.name)
        })
        .collect();
    let mut complaints = Vec::new();
    for chapter in fs::read_dir(root().join("practice/mutants"))? {
        for folder in fs::read_dir(chapter?.path())? {
            let folder = folder?.path();
            if !known.contains(&folder) {
                complaints.push(format!("{} belongs to no exercise", folder.display()));
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

    must(
        !exercise.starter.tests.is_empty(),
        "the starter has no tests".to_owned(),
    );
    must(
        exercise.starter.tests == exercise.solution.tests,
        "starter and solution differ from `#[cfg(test)]` on".to_owned(),
    );
    let count = exercise.mutants.len();
    must(
        count >= MUTANTS,
        format!("{count} mutants; {MUTANTS} are the least"),
    );
    let mut known = HashSet::new();
    for mutant in &exercise.mutants {
        let mutant_name = &mutant.name;
        must(
            mutant.source.tests.is_empty(),
            format!(
                "the mutant {mutant_name} brings tests; it is tried with those of the exercise"
            ),
        );
        must(
            !mutant.mistake.is_empty(),
            format!("{mutant_name} does not say its mistake"),
        );
        let first = mutant.messages.first();
        must(
            known.insert(first),
            format!(
                "{mutant_name} and another mutant have the same message: the tests cannot tell them apart"
            ),
        );
        must(
            mutant.source.code.contains("fn main()"),
            format!("the mutant {mutant_name} has no main"),
        );
    }
    for crate_name in too_early(exercise) {
        must(
            false,
            format!("uses {crate_name}, which comes later in the book"),
        );
    }
    if let Err(what) = hint(&exercise.hint) {
        must(false, format!("the hint {what}"));
    }
    complaints
}

/// The crates of later chapters that an exercise uses.
fn too_early(exercise: &Exercise) -> Vec<String> {
    let chapter = exercise.dir.get(..2).unwrap_or_default();
    let text = exercise.solution.code.clone() + &exercise.solution.tests;
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let later = words.filter(|word| {
        let number = word.strip_prefix("ch").and_then(|rest| rest.get(..2));
        word.contains('_') && number.is_some_and(|n| n.parse::<u8>().is_ok() && n > chapter)
    });
    later.map(str::to_owned).collect()
}

/// Three degrees in this order, and a section of the book that exists.
fn hint(text: &str) -> Result<(), String> {
    let mut rest = text;
    for degree in DEGREES {
        let line = |text: &str| {
            text.find(degree)
                .filter(|at| *at == 0 || text[..*at].ends_with('\n'))
        };
        let at = line(rest)
            .ok_or_else(|| format!("has no line that begins with {degree:?}, in its place"))?;
        rest = &rest[at + degree.len()..];
    }
    let (_, after) = text
        .split_once("Where to look: \"")
        .ok_or("does not begin with a section")?;
    let place = after
        .split_once("\" in book/")
        .and_then(|(section, rest)| rest.split_once(".md").map(|(page, _)| (section, page)));
    let (section, page) = place.ok_or("does not say: \"SECTION\" in book/PAGE.md")?;
    let file = root().join(format!("book/{page}.md"));
    let text =
        fs::read_to_string(&file).map_err(|error| format!("names book/{page}.md: {error}"))?;
    let heading =
        |line: &str| line.trim_start_matches('#').trim() == section && line.starts_with('#');
    if text.lines().any(heading) {
        Ok(())
    } else {
        Err(format!(
            "names a section {section:?}, which is not in book/{page}.md"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn hint_names_a_section_that_exists_and_has_three_degrees() {
        let good = "Where to look: \"The idea\" in book/create.md.\n\nWhat to think: a\n\nAlmost the line: b";
        assert_eq!(hint(good), Ok(()));
        for (part, other) in [
            ("The idea", "The ideas"),
            ("create.md", "creation.md"),
            ("What to think", "What to do"),
            ("\n\nAlmost", " Almost"),
        ] {
            let bad = good.replace(part, other);
            assert!(hint(&bad).is_err(), "taken for a good hint: {bad}");
        }
    }
}
