//! What the doctor says of the book is so.

use std::fs;

use crate::machine::{Machine, repository};

fn read(file: &str) -> String {
    fs::read_to_string(repository().join(file)).unwrap()
}

/// What precedes a key in a command of the book.
const BEFORE_A_KEY: [&str; 6] = ["create", "new", "open", "-Q", "--key", "-k"];

fn keys_in(page: &str) -> Vec<i32> {
    let commands = page.lines().filter_map(|line| line.strip_prefix("$ "));
    // This one opens a queue's door, and takes its ID.
    let commands = commands.filter(|command| !command.contains("-p ch12-rights -- open"));
    let words = commands.flat_map(|command| {
        let words: Vec<_> = command.split_whitespace().collect();
        words.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>()
    });
    words
        .filter(|(before, _)| BEFORE_A_KEY.contains(before))
        .filter_map(|(_, key)| key.parse().ok())
        .collect()
}

#[test]
fn pages_use_the_doctors_key_and_no_other() {
    let mut found = Vec::new();
    for entry in fs::read_dir(repository().join("book")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "md") {
            found.extend(keys_in(&fs::read_to_string(path).unwrap()));
        }
    }
    found.sort_unstable();
    found.dedup();
    assert_eq!(found, [1234]);
    assert!(read("doctor").contains(" book_key=1234 "));
}

#[test]
fn programs_default_is_the_doctors_key() {
    assert!(read("src/programs/options.rs").contains("default_value = \"1234\""));
}

#[test]
fn help_names_the_exit_statuses() {
    support::in_namespace(|_room| {
        let with = |argument: &'static str| {
            move |mut doctor: std::process::Command| {
                doctor.arg(argument);
                doctor
            }
        };
        Machine::new().examine_as(with("--help"), |report| {
            report.finished().success().stderr_is("");
            report.finished().stdout_has("Usage: ./doctor\n").stdout_has("\nExit status: 0 if");
            report.lacks("#");
        });
        Machine::new().examine_as(with("--fix"), |report| {
            report.finished().code(2).stdout_is("").stderr_has("'--fix'").stderr_has("--help");
        });
    });
}
