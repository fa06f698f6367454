//! The script of a scene: one step on a line.
//!
//! ```text
//! # Comments and blank lines say nothing.
//! server runs cargo run -q --bin server
//! server shows Server: Message queue created.
//! client runs cargo run -q --bin client
//! client types hello
//! server shows Server received: hello
//! client presses Ctrl-D
//! client ends
//! server is killed
//! ```
//!
//! The first word names a terminal. `shows` waits until the text is there. `types` waits for the
//! prompt `> `, because a line typed before it would stand above it. `ends` waits for the end of
//! the program, with exit status 0 or, as in `ends with 1`, another.

use std::path::Path;

use crate::Problem;
use crate::command::Command;

/// What happens at one terminal.
#[derive(Debug, PartialEq, Eq)]
pub enum Act {
    /// A command is started.
    Runs(Vec<String>),
    /// The terminal comes to show this text.
    Shows(String),
    /// Somebody types a line at the prompt.
    Types(String),
    /// Somebody presses Ctrl and a letter.
    Presses(char),
    /// The program ends by itself, with this exit status.
    Ends(i32),
    /// The program is killed with SIGKILL.
    IsKilled,
}

/// One line of the script.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// The line, counted from 1.
    pub line: usize,
    /// The terminal.
    pub terminal: String,
    /// What happens there.
    pub act: Act,
}

/// Reads a script.
///
/// # Errors
///
/// The first line that cannot be understood.
pub fn parse(path: &Path, text: &str) -> Result<Vec<Step>, Problem> {
    let mut steps = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let step = step(index + 1, line).map_err(|reason| Problem {
            page: path.to_owned(),
            line: index + 1,
            reason,
        })?;
        steps.push(step);
    }
    Ok(steps)
}

fn step(line: usize, text: &str) -> Result<Step, String> {
    let (terminal, does) = text.split_once(' ').ok_or("a terminal, and what happens there")?;
    let (verb, rest) = does.split_once(' ').unwrap_or((does, ""));
    let act = match (verb, rest) {
        ("runs", command) => Act::Runs(Command::parse(command)?.words),
        ("shows", text) if !text.is_empty() => Act::Shows(text.to_owned()),
        ("types", text) => Act::Types(text.to_owned()),
        ("presses", key) => Act::Presses(control(key)?),
        ("ends", "") => Act::Ends(0),
        ("ends", status) => {
            let status = status.strip_prefix("with ").and_then(|it| it.parse().ok());
            Act::Ends(status.ok_or("`ends`, or `ends with` and an exit status")?)
        }
        ("is", "killed") => Act::IsKilled,
        _ => {
            return Err(format!(
                "`{does}` is not known here (runs, shows, types, presses, ends, is killed)"
            ));
        }
    };
    let terminal = terminal.to_owned();
    Ok(Step { line, terminal, act })
}

fn control(key: &str) -> Result<char, String> {
    let letter = key.strip_prefix("Ctrl-").and_then(|rest| {
        let mut letters = rest.chars();
        letters.next().filter(|_| letters.next().is_none())
    });
    letter
        .map(|it| it.to_ascii_lowercase())
        .ok_or_else(|| format!("`{key}` is not Ctrl- and a letter"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acts(text: &str) -> Result<Vec<Act>, String> {
        let steps = parse(Path::new("play.txt"), text);
        let acts = |steps: Vec<Step>| steps.into_iter().map(|step| step.act).collect();
        steps.map(acts).map_err(|problem| problem.to_string())
    }

    #[test]
    fn each_line_is_a_step() {
        let text = "# A play\n\nserver runs ipcs -q\nserver shows a b\nserver types exit\n\
                    server presses Ctrl-D\nserver ends\nserver ends with 1\nserver is killed\n";
        let expected = vec![
            Act::Runs(vec!["ipcs".into(), "-q".into()]),
            Act::Shows("a b".into()),
            Act::Types("exit".into()),
            Act::Presses('d'),
            Act::Ends(0),
            Act::Ends(1),
            Act::IsKilled,
        ];
        assert_eq!(acts(text), Ok(expected));
    }

    #[test]
    fn unknown_step_is_reported_with_its_line() {
        let told = acts("server runs ipcs -q\nserver sings\n").unwrap_err();
        assert!(told.starts_with("play.txt:2: `sings` is not known here"), "{told}");
        let told = acts("server runs rm -r /\n").unwrap_err();
        assert!(told.starts_with("play.txt:1: `rm` is not run here"), "{told}");
        assert!(acts("server presses Enter\n").is_err());
        assert!(acts("server ends badly\n").is_err());
    }
}
