//! The answer as JSON, and the example in the README.

use std::{env, fs, mem};

use serde_json::Value;
use simulator_page::{session, session_json};

use crate::recorded;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// What stands in a text between two marks.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).expect("the README has its marks");
    rest.split_once(end).expect("the README has its marks").0
}

#[test]
fn readme_shows_what_is_answered() {
    let readme = fs::read_to_string(README).unwrap().replace("\r\n", "\n");
    let mut answer = session(between(&readme, "they are the answer to\n", "-->"));
    let picture = mem::replace(&mut answer.picture, "...".to_string());
    answer.listing.c = "...".to_string();
    answer.listing.rust = "...".to_string();
    let json = serde_json::to_string_pretty(&answer).unwrap() + "\n";

    let (shown_json, shown_picture) = (
        between(&readme, "```json\n", "```"),
        between(&readme, "```html\n", "```"),
    );
    if env::var_os("RECORD").is_some() {
        let readme = readme.replacen(
            &format!("```json\n{shown_json}```"),
            &format!("```json\n{json}```"),
            1,
        );
        let readme = readme.replacen(
            &format!("```html\n{shown_picture}```"),
            &format!("```html\n{picture}```"),
            1,
        );
        return fs::write(README, readme).unwrap();
    }
    let advice = "simulator/page/README.md shows another answer. If this one is better: RECORD=1 cargo test -p simulator-page, and read the difference";
    assert!(json == shown_json, "{advice}\n{json}");
    assert!(picture == shown_picture, "{advice}\n{picture}");
}

#[test]
fn json_is_json_and_complete() {
    for (name, lines) in recorded() {
        let session = session(&lines);
        let read: Value = serde_json::from_str(&session_json(&lines)).unwrap();
        assert_eq!(
            read["steps"].as_array().unwrap().len(),
            session.steps.len(),
            "{name}"
        );
        assert_eq!(read["picture"], session.picture, "{name}");
        assert_eq!(read["listing"]["c"], session.listing.c, "{name}");
        assert_eq!(
            read["steps"][0]["told"][0], session.steps[0].told[0],
            "{name}"
        );
    }
}

#[test]
fn same_text_gives_the_same_answer() {
    for (_, lines) in recorded() {
        assert_eq!(session_json(&lines), session_json(&lines));
    }
}

#[test]
fn empty_text_is_an_empty_session() {
    for text in ["", "\n\n", "# nothing\n   \n\t# to do"] {
        let session = session(text);
        assert!(session.steps.is_empty());
        assert!(session.state.queues.is_empty() && session.state.processes.is_empty());
        assert_eq!(session.state.current, None);
    }
}
