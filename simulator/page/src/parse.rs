//! From a line of text to a [`Command`], or to a sentence that says what would be one.

mod commands;
mod numbers;
mod suggestions;
mod words;

use alloc::format;
use alloc::string::String;

use crate::command::{Command, Line};
use crate::text::quoted;
use commands::{create, limit, optional_mode, receive, send, set, user};
use numbers::{key, number};
use words::Words;

/// The longest line that is read.
pub(crate) const LONGEST_LINE: usize = 1000;

/// The most bytes that a message, a receiver's buffer or msgmax may have here. The kernel allows
/// more; a page has less memory than a kernel.
pub(crate) const MOST_BYTES: usize = 65_536;

const COMMANDS: [&str; 12] = [
    "create",
    "open",
    "private",
    "use",
    "send",
    "recv",
    "stat",
    "set",
    "rm",
    "limit",
    "interrupt",
    "uid",
];

type Understood<T> = Result<T, String>;

/// The line without its comment and the white space around it; `None` if nothing is left.
pub(crate) fn content(line: &str) -> Option<&str> {
    let mut quoted = false;
    let mut before = ' ';
    let mut end = line.len();
    for (place, character) in line.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '#' if !quoted && before.is_ascii_whitespace() => {
                end = place;
                break;
            }
            _ => {}
        }
        before = character;
    }
    Some(line[..end].trim_ascii()).filter(|content| !content.is_empty())
}

/// Reads one line, which is not empty.
pub(crate) fn line(text: &str) -> Understood<Line<'_>> {
    if text.len() > LONGEST_LINE {
        return Err(format!(
            "A line may have {LONGEST_LINE} bytes and this one has {}. For a long message write *8000.",
            text.len()
        ));
    }
    let mut words = Words::new(text);
    let by = words.name();
    if let Some(name) = by {
        check_name(name)?;
    }
    let verb = words.next().ok_or(
        "After the name and its colon comes what the process does, as in A: send 1 hello.",
    )?;
    let command = match verb {
        "create" => create(&mut words)?,
        "open" => Command::Open {
            key: words.required(key, "After open comes the key, as in open 1234.")?,
        },
        "private" => Command::Private { mode: optional_mode(&mut words)? },
        "use" => Command::Use {
            id: words.required(
                |word| number(word, "An id is a whole number of 32 bits"),
                "After use comes the id of a queue, as in use 0.",
            )?,
        },
        "send" => send(&mut words)?,
        "recv" => receive(&mut words)?,
        "stat" => Command::Stat,
        "set" => set(&mut words)?,
        "rm" => Command::Remove,
        "interrupt" => Command::Interrupt,
        "uid" => user(&mut words)?,
        "limit" => limit(&mut words)?,
        other => {
            return Err(suggestions::no_command(other));
        }
    };
    words.end(verb)?;
    match (&command, by) {
        (Command::Interrupt | Command::User { .. }, None) => Err(format!(
            "Say whom you mean: {verb} comes after a name and a colon, as in S1: {verb}{}.",
            if verb == "uid" { " 1000" } else { "" }
        )),
        (Command::Use { .. } | Command::Limit { .. }, Some(_)) => Err(format!(
            "{verb} is no call of a process and is the same for all: write it without the name."
        )),
        _ => Ok(Line { by, command }),
    }
}

fn check_name(name: &str) -> Understood<()> {
    let letters =
        name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if !letters || !name.starts_with(|first: char| first.is_ascii_alphabetic()) || name.len() > 24 {
        return Err(format!(
            "{} is not a name: that is a letter and up to 23 more letters, digits, - or _. A text with a colon comes after a type, as in send 1 a: b.",
            quoted(name)
        ));
    }
    if COMMANDS.contains(&name) {
        return Err(format!(
            "{name} is a command and cannot be a name; a command has no colon behind it."
        ));
    }
    Ok(())
}
