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

use crate::blocks::Block;
use crate::{book, practice, programs};

/// What a session may run.
const PROGRAMS: [&str; 6] = ["cargo", "cat", "ipcmk", "ipcrm", "ipcs", "lsipc"];

/// No command of a session sleeps on purpose.
const LONGEST: Duration = Duration::from_secs(60);

/// A command as it is typed.
#[derive(Debug, PartialEq, Eq)]
pub struct Command {
    /// Its words, the program first, without quotes.
    pub words: Vec<String>,
}

impl Command {
    /// Reads what stands behind the `$ `.
    ///
    /// # Errors
    ///
    /// Says why this would not be run as it stands.
    pub fn parse(typed: &str) -> Result<Self, String> {
        if let Some(character) = shell_character(typed) {
            return Err(format!(
                "a shell would have to see to `{character}`, and none is used here"
            ));
        }
        let words = shlex::split(typed).ok_or("a quote is not closed")?;
        let program = words.first().map_or("", String::as_str);
        if !PROGRAMS.contains(&program) {
            let known = PROGRAMS.join(", ");
            return Err(format!("`{program}` is not run here, only {known}"));
        }
        if program == "cargo" {
            match words.get(1).map(String::as_str) {
                Some("test") => practice::of_cargo_test(&words[1..]).map(drop)?,
                _ => programs::of_cargo_run(&words[1..]).map(drop)?,
            }
        }
        if program == "cat" && !words[1..].iter().all(|path| path.starts_with("/proc/")) {
            return Err("`cat` is run for files in /proc only".to_owned());
        }
        Ok(Self { words })
    }
}

/// The commands of a block that can be run.
pub fn commands(block: &Block) -> Vec<Command> {
    let typed = block
        .lines
        .iter()
        .filter_map(|line| line.strip_prefix("$ "));
    typed
        .filter_map(|typed| Command::parse(typed).ok())
        .collect()
}

/// The exercises that a page tests.
fn exercises(page: &str) -> Vec<String> {
    let typed = page.lines().filter_map(|line| line.strip_prefix("$ "));
    let commands = typed.filter_map(|typed| Command::parse(typed).ok());
    commands
        .filter_map(|command| tested(&command).map(str::to_owned))
        .collect()
}

/// The exercise that a command tests, if it does.
pub fn tested(command: &Command) -> Option<&str> {
    let (program, arguments) = command.words.split_first()?;
    (program == "cargo").then(|| practice::of_cargo_test(arguments).ok())?
}

/// The first character outside of quotes that a shell would act upon.
fn shell_character(typed: &str) -> Option<char> {
    let mut quote = None;
    for character in typed.chars() {
        match quote {
            Some(open) if open == character => quote = None,
            Some(_) => {}
            None if "'\"".contains(character) => quote = Some(character),
            None if "|&;<>$`*?~()#\\".contains(character) => return Some(character),
            None => {}
        }
    }
    None
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
        pool.expect("one thread")
            .install(|| run_copy(&copy, session));
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(typed: &str) -> String {
        Command::parse(typed).unwrap_err()
    }

    #[test]
    fn a_command_is_split_as_a_shell_would() {
        let command = Command::parse("cargo run -q -p ch04-send -- 1 'two words; three'").unwrap();
        assert_eq!(command.words.last().unwrap(), "two words; three");
        assert_eq!(command.words.len(), 8);
    }

    #[test]
    fn what_only_a_shell_can_do_is_refused() {
        assert!(reason("ipcs -q | grep x").contains("a shell would have to see to `|`"));
        assert!(reason("ipcs -q > file").contains("`>`"));
        assert!(reason("ipcrm -q $ID").contains("`$`"));
        assert!(reason("ipcs 'x").contains("a quote is not closed"));
    }

    #[test]
    fn a_program_that_is_not_registered_is_refused() {
        assert!(reason("ls").starts_with("`ls` is not run here, only cargo, cat"));
        assert!(reason("cat /etc/passwd").contains("files in /proc only"));
        assert!(reason("cargo build").contains("`cargo build` is not run here"));
        assert!(reason("cargo test").contains("an exercise is tested with"));
    }
}
