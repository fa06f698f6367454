//! Terminal sessions: every `console` block of a page is run, and prints what the page says.
//!
//! `trycmd` does it. It passes in silence over a command that it does not know, over blocks that
//! are indented and over everything a shell would do with a line; [`crate::blocks`] refuses those.
//!
//! A page has an IPC namespace of its own, so its first queue has id 0, and what one block leaves
//! behind is there in the next. At the end of the page nothing may be left.
//!
//! The owner of a queue, process ids and times are shown as `[you]`, `[pid]` and `[time]`
//! ([`crate::normalise`]), so that a page reads the same whoever runs the tests.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::time::Duration;

use crate::command::{Command, PROGRAMS, tested};
use crate::{book, practice, programs};

/// No command of a session sleeps on purpose.
const LONGEST: Duration = Duration::from_secs(60);

/// The exercises that a page tests.
fn exercises(page: &str) -> Vec<String> {
    let typed = page.lines().filter_map(|line| line.strip_prefix("$ "));
    let commands = typed.filter_map(|typed| Command::parse(typed).ok());
    commands.filter_map(|command| tested(&command).map(str::to_owned)).collect()
}

/// Runs the sessions of a page of this repository, alone, and compares. With `TRYCMD=overwrite` in
/// the environment it writes what was printed into the page instead.
///
/// # Panics
///
/// When something else is printed, or when the page leaves a queue behind.
pub fn run(page: &str, session: &Path) {
    programs::build(session);
    std::env::set_current_dir(book::root()).expect("the repository is there");
    let page = book::root().join(page);
    let lines = book::read(&page);
    practice::build(&exercises(&lines), session);
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    let text = lines.join("\n") + "\n";
    support::in_namespace(|_room| {
        let folder = tempfile::tempdir().expect("a folder for a copy of the page");
        let copy = folder.path().join(page.file_name().unwrap_or_default());
        fs::write(&copy, hide_backslashes(&text)).expect("a copy of the page");
        // A thread of rayon's own pool would be in the namespace of whichever page came first.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        pool.expect("one thread").install(|| run_copy(&copy, session));
        let recorded = show_backslashes(&book::read(&copy));
        if recorded != text {
            fs::write(&page, recorded).expect("the page can be written");
        }
    });
}

fn run_copy(page: &Path, session: &Path) {
    let cases = trycmd::TestCases::new();
    for program in PROGRAMS {
        let name = page.with_file_name(program);
        symlink(session, &name).expect("a name for a program");
        cases.register_bin(program, name);
    }
    cases.timeout(LONGEST).case(page).run();
}

/// `trycmd` takes a backslash in a program's output for a path of Windows, and turns it round. So
/// it gets to see another character, on the page and in the output.
pub fn hide_backslashes(text: &str) -> String {
    text.replace('\\', "\u{29f5}")
}

/// Undoes [`hide_backslashes`].
pub fn show_backslashes(text: &str) -> String {
    text.replace('\u{29f5}', "\\")
}
