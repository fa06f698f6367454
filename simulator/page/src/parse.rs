//! From a line of text to a [`Command`], or to a sentence that says what would be one.

mod numbers;
mod words;

use alloc::format;
use alloc::string::{String, ToString};

use crate::command::{Command, Limit, Line, Receive, Set, Text};
use crate::text::quoted;
use numbers::{key, mode, number};
use words::Words;

/// The longest line that is read.
pub(crate) const LONGEST_LINE: usize = 1000;

/// The most bytes that a message, a receiver's buffer or msgmax may have here. The kernel allows more;
/// a page has less memory than a kernel.
pub(crate) const MOST_BYTES: usize = 65_536;

/// The mode of a queue when the line does not name one: for its owner alone.
const USUAL_MODE: u32 = 0o600;

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
            "A line may have {LONGEST_LINE} bytes and this one has {}. For a long message write *8000, which stands for 8000 bytes.",
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
        "private" => Command::Private {
            mode: optional_mode(&mut words)?,
        },
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
            return Err(format!(
                "{} is no command. A line begins with create, open, private, use, send, recv, stat, set, rm or limit, or with a name and a colon, as in A: send 1 hello.",
                quoted(other)
            ));
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
    let letters = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if !letters || !name.starts_with(|first: char| first.is_ascii_alphabetic()) || name.len() > 24 {
        return Err(format!(
            "{} cannot be a name: a name is a letter and up to 23 more letters, digits, - or _. A text with a colon at its start belongs behind a type, as in send 1 a: b.",
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

fn create<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    let key = words.required(
        key,
        "After create comes a key, a number that both sides agree on, as in create 1234.",
    )?;
    let exclusive = words.take("excl");
    let mode = optional_mode(words)?;
    let exclusive = exclusive || words.take("excl");
    Ok(Command::Create {
        key,
        exclusive,
        mode,
    })
}

fn optional_mode(words: &mut Words<'_>) -> Understood<u32> {
    if words.take("mode") {
        required_mode(words)
    } else {
        Ok(USUAL_MODE)
    }
}

fn required_mode(words: &mut Words<'_>) -> Understood<u32> {
    words.required(mode, "After mode come three octal digits, as in mode 600.")
}

fn send<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    let message_type = words.required(
        |word| number(word, "A type is a whole number of 64 bits"),
        "After send comes the message's type, and after that its text, as in send 3 hello.",
    )?;
    let (text, nowait) = if words.peek().is_some_and(|word| word.starts_with('"')) {
        let text = words.quoted()?;
        (text, words.take("nowait"))
    } else {
        words.rest_without("nowait")
    };
    let text = match text.strip_prefix('*').filter(|_| !words.was_quoted()) {
        Some(size) if !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit()) => {
            Text::Filler(bytes(size)?)
        }
        _ => Text::Words(text),
    };
    Ok(Command::Send {
        message_type,
        text,
        nowait,
    })
}

fn receive<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    let mut receive = Receive::default();
    if words
        .peek()
        .is_some_and(|word| word.starts_with(|first: char| first == '-' || first.is_ascii_digit()))
    {
        receive.message_type = words.required(
            |word| number(word, "A type is a whole number of 64 bits"),
            "",
        )?;
    }
    while let Some(word) = words.next() {
        match word {
            "nowait" => receive.nowait = true,
            "except" => receive.except = true,
            "noerror" => receive.noerror = true,
            "copy" => receive.copy = true,
            "size" => {
                receive.size = Some(words.required(
                    bytes,
                    "After size comes how many bytes are wanted at most, as in size 100.",
                )?);
            }
            other => {
                return Err(format!(
                    "After recv and the type may come size and a number, nowait, except, noerror or copy, and not {}.",
                    quoted(other)
                ));
            }
        }
    }
    Ok(Command::Receive(receive))
}

fn set<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    const EXAMPLES: &str =
        "After set comes what is to change: qbytes 0, mode 622, uid 1000 or gid 1000.";
    let mut set = Set::default();
    while let Some(word) = words.next() {
        match word {
            "qbytes" => {
                set.qbytes = Some(words.required(
                    |word| number(word, "A number of bytes is a whole number, 0 or more"),
                    "After qbytes comes how many bytes the queue may hold, as in set qbytes 0.",
                )?);
            }
            "mode" => set.mode = Some(required_mode(words)?),
            "uid" => {
                set.uid = Some(words.required(
                    id_of_user,
                    "After uid comes a user's number, as in set uid 1000.",
                )?)
            }
            "gid" => {
                set.gid = Some(words.required(
                    id_of_user,
                    "After gid comes a group's number, as in set gid 1000.",
                )?)
            }
            _ => return Err(EXAMPLES.to_string()),
        }
    }
    if set == Set::default() {
        return Err(EXAMPLES.to_string());
    }
    Ok(Command::Set(set))
}

fn user<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    let uid = words.required(
        id_of_user,
        "After uid comes a user's number, as in A: uid 1000.",
    )?;
    let gid = if words.take("gid") {
        words.required(
            id_of_user,
            "After gid comes a group's number, as in A: uid 1000 gid 100.",
        )?
    } else {
        uid
    };
    Ok(Command::User { uid, gid })
}

fn limit<'a>(words: &mut Words<'a>) -> Understood<Command<'a>> {
    const EXAMPLE: &str =
        "After limit comes msgmax, msgmnb or msgmni and a number, as in limit msgmnb 9000.";
    let (which, most) = match words.next() {
        Some("msgmax") => (Limit::Msgmax, MOST_BYTES as u32),
        Some("msgmnb") => (Limit::Msgmnb, i32::MAX as u32),
        // The kernel's own bound: 15 bits of an id are the slot.
        Some("msgmni") => (Limit::Msgmni, 32_768),
        _ => return Err(EXAMPLE.to_string()),
    };
    let value = words.required(
        |word| number(word, "A limit is a whole number, 0 or more"),
        EXAMPLE,
    )?;
    if value > most {
        return Err(format!("Here {} may be {most} at most.", which.name()));
    }
    Ok(Command::Limit { which, value })
}

fn bytes(word: &str) -> Understood<usize> {
    match number(word, "A size is a number of bytes")? {
        size if size <= MOST_BYTES => Ok(size),
        _ => Err(format!("Here a size may be {MOST_BYTES} bytes at most.")),
    }
}

fn id_of_user(word: &str) -> Understood<u32> {
    const WHAT: &str = "A user or a group is a whole number from 0 to 4294967294";
    match number(word, WHAT)? {
        // -1 to the kernel: nobody.
        u32::MAX => Err(format!("{WHAT}.")),
        id => Ok(id),
    }
}
