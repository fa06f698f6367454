//! What is told, word by word: `told.txt` has it for the recorded sessions.

use std::fmt::Write;

use simulator_page::{MOST_STEPS, session};

use crate::{assert_recorded, recorded, shows};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/page/told.txt");

#[test]
fn sentences_are_those_that_were_read_and_found_right() {
    let mut told = String::new();
    for (name, lines) in recorded() {
        writeln!(told, "== {name}").unwrap();
        for step in session(&lines).steps {
            let mark = if step.understood { '>' } else { '!' };
            writeln!(told, "{mark} {}", step.line).unwrap();
            for sentence in step.told {
                writeln!(told, "    {sentence}").unwrap();
            }
        }
    }
    assert_recorded(FILE, &told, include_str!("told.txt"));
}

#[test]
fn every_step_has_a_sentence() {
    for (name, lines) in recorded() {
        for step in session(&lines).steps {
            assert!(!step.told.is_empty(), "{name}: {}", step.line);
            for sentence in &step.told {
                assert!(
                    sentence.len() > 10 && sentence.ends_with(['.', '?']),
                    "{name}: {}: {sentence}",
                    step.line
                );
            }
        }
    }
}

#[test]
fn failed_call_names_its_errno() {
    for (name, lines) in recorded() {
        for step in session(&lines).steps {
            let calls = step.call.iter().chain(&step.woken);
            for errno in calls.filter_map(|call| call.errno) {
                assert!(
                    step.told.iter().any(|sentence| sentence.contains(errno)),
                    "{name}: {}: {errno}",
                    step.line
                );
            }
        }
    }
}

#[test]
fn recorded_sessions_meet_every_errno_that_the_model_gives() {
    let met: Vec<_> = recorded()
        .iter()
        .flat_map(|(_, lines)| session(lines).steps)
        .flat_map(|step| step.call.into_iter().chain(step.woken))
        .filter_map(|call| call.errno)
        .collect();
    for errno in [
        "EPERM", "ENOENT", "EINTR", "E2BIG", "EAGAIN", "EACCES", "EEXIST", "EINVAL", "ENOSPC",
        "ENOMSG", "EIDRM",
    ] {
        assert!(met.contains(&errno), "no recorded session meets {errno}");
    }
}

#[test]
fn session_ends_after_its_last_step_with_a_sentence() {
    let session = session(&"create 1234\n".repeat(MOST_STEPS + 10));
    assert_eq!(session.steps.len(), MOST_STEPS + 1);
    assert!(session.steps[MOST_STEPS - 1].understood);
    let last = &session.steps[MOST_STEPS];
    assert!(!last.understood);
    shows(&last.told[0], &["at most 500 steps"]);
}

#[test]
fn line_that_is_not_understood_changes_nothing() {
    let before = session("create 1234\nsend 1 hello");
    for line in ["bogus", "send", "A: use 0", "A: uid -1", "fetch: recv: 1", "set qbytes"] {
        let after = session(&format!("create 1234\nsend 1 hello\n{line}"));
        assert!(!after.steps[2].understood, "{line}");
        assert_eq!(after.state, before.state, "{line}");
    }
}

#[test]
fn act_of_a_sleeper_changes_nothing() {
    let before = session("create 1234\nA: recv");
    let after = session("create 1234\nA: recv\nA: send 1 hello");
    assert!(!after.steps[2].understood);
    assert_eq!(after.state, before.state);
}
