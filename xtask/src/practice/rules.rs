//! What can be said about an exercise without running it.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::ops::RangeInclusive;

use anyhow::Result;

use super::catalog::Exercise;
use crate::command::root;

/// Fewer than three ways to be wrong is not a hard enough look.
const MISTAKES: usize = 3;
/// What a reader has in view.
const LINES: RangeInclusive<usize> = 20..=60;
const DEGREES: [&str; 3] = ["Where to look: ", "What to think: ", "Almost the line: "];

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
    let mut known = HashSet::new();
    for (mistake, row) in &exercise.mistakes {
        must(
            !row.mistake.is_empty() && !row.messages.is_empty() && row.file.is_empty(),
            format!("{mistake} needs a `mistake` and `messages`, and no `file`"),
        );
        must(
            known.insert(row.messages.first()),
            format!(
                "{mistake} and another mistake have the same message: the tests cannot tell them apart"
            ),
        );
    }
    for crate_name in too_early(exercise) {
        must(false, format!("uses {crate_name}, which comes later in the book"));
    }
    if let Err(what) = hint(&exercise.hint) {
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

/// Three degrees in this order, and a section of the book that exists.
fn hint(text: &str) -> Result<(), String> {
    let mut rest = text;
    for degree in DEGREES {
        let line =
            |text: &str| text.find(degree).filter(|at| *at == 0 || text[..*at].ends_with('\n'));
        let at = line(rest)
            .ok_or_else(|| format!("has no line that begins with {degree:?}, in its place"))?;
        rest = &rest[at + degree.len()..];
    }
    let (_, after) = text.split_once("Where to look: \"").ok_or("does not begin with a section")?;
    let place = after
        .split_once("\" in \"")
        .and_then(|(section, rest)| rest.split_once('"').map(|(page, _)| (section, page)));
    let (section, title) = place.ok_or("does not say: \"SECTION\" in \"TITLE OF THE PAGE\"")?;
    let page = page(title).map_err(|error| format!("cannot be checked: {error}"))?;
    let page = page.ok_or_else(|| format!("names a page {title:?}, and no page has that title"))?;
    // Of "Third promise: it starts after any end" the first words are enough.
    let heading = |line: &str| {
        let words = line.trim_start_matches('#').trim();
        let short = words.split_once(": ").map(|(short, _)| short);
        line.starts_with('#') && (words == section || short == Some(section))
    };
    if page.lines().any(heading) {
        Ok(())
    } else {
        Err(format!("names a section {section:?}, which is not in {title:?}"))
    }
}

/// The text of the page that has this title.
fn page(title: &str) -> io::Result<Option<String>> {
    let heading = format!("# {title}");
    for entry in fs::read_dir(root().join("book"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(path)?;
            if text.lines().any(|line| line == heading) {
                return Ok(Some(text));
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn hint_names_a_section_that_exists_and_has_three_degrees() {
        let good =
            "Where to look: \"The idea\" in \"Create\".\n\nWhat to think: a\n\nAlmost the line: b";
        assert_eq!(hint(good), Ok(()));
        for (part, other) in [
            ("The idea", "The ideas"),
            ("Create", "Creation"),
            ("What to think", "What to do"),
            ("\n\nAlmost", " Almost"),
        ] {
            let bad = good.replace(part, other);
            assert!(hint(&bad).is_err(), "taken for a good hint: {bad}");
        }
    }
}
