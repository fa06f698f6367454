//! A command of a terminal session, as a page types it, and what keeps one from being run.

use crate::block::Block;
use crate::{practice, programs};

/// What a session may run.
pub const PROGRAMS: [&str; 7] = ["cargo", "cat", "ipcmk", "ipcrm", "ipcs", "lsipc", "./doctor"];

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
pub fn in_block(block: &Block) -> Vec<Command> {
    let typed = block.lines.iter().filter_map(|line| line.strip_prefix("$ "));
    typed.filter_map(|typed| Command::parse(typed).ok()).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(typed: &str) -> String {
        Command::parse(typed).unwrap_err()
    }

    #[test]
    fn command_is_split_as_a_shell_would() {
        let command = Command::parse("cargo run -q -p ch04-send -- 1 'two words; three'").unwrap();
        assert_eq!(command.words.last().unwrap(), "two words; three");
        assert_eq!(command.words.len(), 8);
    }

    #[test]
    fn shell_character_is_refused() {
        assert!(reason("ipcs -q | grep x").contains("a shell would have to see to `|`"));
        assert!(reason("ipcs -q > file").contains("`>`"));
        assert!(reason("ipcrm -q $ID").contains("`$`"));
        assert!(reason("ipcs 'x").contains("a quote is not closed"));
    }

    #[test]
    fn program_that_is_not_registered_is_refused() {
        assert!(reason("ls").starts_with("`ls` is not run here, only cargo, cat"));
        assert!(reason("cat /etc/passwd").contains("files in /proc only"));
        assert!(reason("cargo build").contains("`cargo build` is not run here"));
        assert!(reason("cargo test").contains("an exercise is tested with"));
    }
}
