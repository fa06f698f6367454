//! The answer as JSON, and the example in the README.

use std::{fs, mem};

use serde_json::Value;
use simulator_page::{session, session_json};

use crate::{assert_recorded, recorded};

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
    let mut now = readme.clone();
    for (language, shown) in [("json", json), ("html", picture)] {
        let start = format!("```{language}\n");
        let before = format!("{start}{}```", between(&readme, &start, "```"));
        now = now.replacen(&before, &format!("{start}{shown}```"), 1);
    }
    assert_recorded(README, &now, &readme);
}

#[test]
fn json_is_json_and_complete() {
    for (name, lines) in recorded() {
        let read: Value = serde_json::from_str(&session_json(&lines)).unwrap();
        let written = serde_json::to_value(session(&lines)).unwrap();
        assert_eq!(read, written, "{name}");
        let kinds = ["steps", "state", "picture", "listing"].map(|key| !read[key].is_null());
        assert_eq!(kinds, [true; 4], "{name}");
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
