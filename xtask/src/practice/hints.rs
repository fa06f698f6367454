//! A hint: three degrees of help, and a chapter of the book to look into.

use std::fs;
use std::io;

use crate::command::root;

const DEGREES: [&str; 3] = ["Where to look: ", "What to think: ", "Almost the line: "];

/// Three degrees in this order, and a section of the book that exists, in the chapter that the
/// folder is named after.
pub(super) fn hint(text: &str, dir: &str) -> Result<(), String> {
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
    let read = chapter(title).map_err(|error| format!("cannot be checked: {error}"))?;
    let chapter = read.ok_or_else(|| format!("names {title:?}, and no chapter has that title"))?;
    if chapter.dir != dir {
        return Err(format!(
            "names {title:?}, whose exercises are in {}, and not in {dir}",
            chapter.dir
        ));
    }
    // Of "Third promise: it starts after any end" the first words are enough.
    let heading = |line: &str| {
        let words = line.trim_start_matches('#').trim();
        let short = words.split_once(": ").map(|(short, _)| short);
        line.starts_with('#') && (words == section || short == Some(section))
    };
    if chapter.text.lines().any(heading) {
        Ok(())
    } else {
        Err(format!("names a section {section:?}, which is not in {title:?}"))
    }
}

struct Chapter {
    text: String,
    /// The folder of its exercises: its number, and the name of its page.
    dir: String,
}

/// The chapter with this title. mdBook numbers the entries of the summary that begin a line.
fn chapter(title: &str) -> io::Result<Option<Chapter>> {
    let book = root().join("book");
    let summary = fs::read_to_string(book.join("SUMMARY.md"))?;
    let entries = summary.lines().filter_map(|line| line.strip_prefix("- ["));
    for (number, entry) in (1..).zip(entries) {
        let page = entry.strip_prefix(title).and_then(|rest| rest.strip_prefix("]("));
        if let Some(page) = page.and_then(|rest| rest.strip_suffix(".md)")) {
            let text = fs::read_to_string(book.join(page).with_extension("md"))?;
            return Ok(Some(Chapter {
                text,
                dir: format!("{number:02}_{}", page.replace('-', "_")),
            }));
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
        assert_eq!(hint(good, "02_create"), Ok(()));
        for (part, other) in [
            ("The idea", "The ideas"),
            ("Create", "Creation"),
            ("What to think", "What to do"),
            ("\n\nAlmost", " Almost"),
        ] {
            let bad = good.replace(part, other);
            assert!(hint(&bad, "02_create").is_err(), "taken for a good hint: {bad}");
        }
    }

    #[test]
    fn folder_of_another_chapter_than_the_hints_is_an_error() {
        let good =
            "Where to look: \"The idea\" in \"Key setup\".\nWhat to think: a\nAlmost the line: b";
        assert_eq!(hint(good, "01_key_setup"), Ok(()));
        for dir in ["02_key_setup", "01_key", "02_create"] {
            let error = hint(good, dir).unwrap_err();
            assert!(error.contains("are in 01_key_setup, and not in "), "{error}");
        }
    }
}
