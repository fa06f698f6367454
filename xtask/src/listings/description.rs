//! What a page is about, in one sentence for search engines and for the card that a shared link
//! shows.
//!
//! It stands on the page's first line, `<!-- description: A queue that ... -->`. mdBook has no
//! place for it, so the sentences of all pages become theme/head.hbs, which theme/index.hbs puts
//! where the description belongs. mdBook reads the theme after the preprocessor has run.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::RangeInclusive;
use std::path::Path;

/// What search engines show of it.
const LENGTH: RangeInclusive<usize> = 50..=160;

/// The sentence on the first line of a page, and the page with that line blank.
pub(super) fn take(markdown: &str) -> Result<(String, String), String> {
    let (first, rest) = markdown.split_once('\n').unwrap_or((markdown, ""));
    let sentence = first
        .trim()
        .strip_prefix("<!-- description: ")
        .and_then(|rest| rest.strip_suffix(" -->"))
        .ok_or("the first line says what the page is about: <!-- description: ... -->")?;
    let length = sentence.chars().count();
    if !LENGTH.contains(&length) || sentence.contains("{{") {
        return Err(format!(
            "the description has {length} characters; search engines show {} to {}, without {{{{",
            LENGTH.start(),
            LENGTH.end()
        ));
    }
    Ok((sentence.to_owned(), format!("\n{rest}")))
}

/// Writes the sentences, by the path of their page in the book, into the theme.
pub(super) fn write(root: &Path, sentences: &BTreeMap<String, String>) -> io::Result<()> {
    let file = root.join("theme/head.hbs");
    let head = head(sentences);
    // A file that is written is one that has changed: `mdbook serve` would build the book again,
    // forever.
    if fs::read_to_string(&file).is_ok_and(|old| old == head) {
        return Ok(());
    }
    fs::write(file, head)
}

fn head(sentences: &BTreeMap<String, String>) -> String {
    let map = serde_json::to_string(sentences).expect("strings are JSON");
    format!(
        "{{{{!-- Made by `xtask listings` of the first lines of the pages. --}}}}\
         {{{{#with (lookup {map} path) as |sentence|}}}}{{{{ sentence }}}}\
         {{{{else}}}}{{{{#if chapter_title}}}}{{{{ chapter_title }}}}: the whole files that the listings of the book \
         are taken from, compiled and tested as they stand here.\
         {{{{else}}}}{{{{ description }}}}{{{{/if}}}}{{{{/with}}}}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str =
        "How two programs that never meet agree on a queue, and why 0 is not a key.";

    #[test]
    fn description_is_taken_off_the_first_line() {
        let page = format!("<!-- description: {SENTENCE} -->\n# Key\n");
        assert_eq!(take(&page), Ok((SENTENCE.to_owned(), "\n# Key\n".to_owned())));
    }

    #[test]
    fn page_without_a_description_is_refused() {
        let reason = take("# Key\n").unwrap_err();
        assert!(reason.contains("<!-- description: ... -->"), "{reason}");
        let reason = take("<!-- description: Keys -->\n").unwrap_err();
        assert!(reason.starts_with("the description has 4 characters"), "{reason}");
    }

    #[test]
    fn theme_is_written_only_when_a_sentence_changes() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("theme/head.hbs");
        fs::create_dir(root.path().join("theme")).unwrap();
        let mut sentences = BTreeMap::from([("key.md".to_owned(), SENTENCE.to_owned())]);
        write(root.path(), &sentences).unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains(SENTENCE));
        let written = fs::metadata(&file).unwrap().modified().unwrap();
        write(root.path(), &sentences).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), written);
        sentences.insert("send.md".to_owned(), "Another.".to_owned());
        write(root.path(), &sentences).unwrap();
        assert!(fs::read_to_string(&file).unwrap().contains("Another."));
    }
}
