//! The simulator as a page sees it.

mod answers;
mod book;
mod listing;
mod module;
mod picture;
mod program;
mod robust;
mod told;

/// Sessions that use every command in every way, by name: `sessions.txt`.
fn recorded() -> Vec<(&'static str, String)> {
    let sessions = include_str!("sessions.txt").split("== ").skip(1);
    sessions
        .map(|session| {
            let (name, lines) = session.split_once('\n').expect("a name has a line of its own");
            (name, lines.to_string())
        })
        .collect()
}

/// Asserts that all of these are in a text.
#[track_caller]
fn shows(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "there is no {part:?} in\n{text}");
    }
}

/// Asserts that none of these is in a text.
#[track_caller]
fn lacks(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "there is {part:?} in\n{text}");
    }
}

/// Compares a text with what a file says, or writes it there.
#[track_caller]
fn assert_recorded(file: &str, now: &str, recorded: &str) {
    if std::env::var_os("RECORD").is_some() {
        return std::fs::write(file, now).unwrap();
    }
    let recorded = recorded.replace("\r\n", "\n");
    let lines = now.lines().zip(recorded.lines()).enumerate();
    let differs = lines.into_iter().find(|(_, (now, then))| now != then);
    assert!(
        now == recorded,
        "{file} says other things than are answered now (line, now and recorded: {differs:?}; {} bytes, {} recorded). \
         If these are better: RECORD=1 cargo test -p simulator-page, and read the difference",
        now.len(),
        recorded.len()
    );
}
